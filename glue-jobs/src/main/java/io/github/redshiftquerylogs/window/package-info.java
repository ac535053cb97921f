/** Bounded spans of a source's time, oldest first. */
@NullMarked
package io.github.redshiftquerylogs.window;

import org.jspecify.annotations.NullMarked;
