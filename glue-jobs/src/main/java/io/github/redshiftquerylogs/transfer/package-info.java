/** Moves the rows of a window from a cluster into files of the lake: by fetching or by UNLOAD, in Spark tasks. */
@NullMarked
package io.github.redshiftquerylogs.transfer;

import org.jspecify.annotations.NullMarked;
