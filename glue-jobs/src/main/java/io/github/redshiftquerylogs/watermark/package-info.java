/** How far a table of a cluster was read, and what happened to its runs. */
@NullMarked
package io.github.redshiftquerylogs.watermark;

import org.jspecify.annotations.NullMarked;
