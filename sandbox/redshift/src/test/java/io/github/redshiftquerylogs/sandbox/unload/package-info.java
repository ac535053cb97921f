@NullMarked
package io.github.redshiftquerylogs.sandbox.unload;

import org.jspecify.annotations.NullMarked;
