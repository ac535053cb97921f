/** Ends a child process when its parent is gone. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.lifeline;

import org.jspecify.annotations.NullMarked;
