/** The lake: Iceberg tables, the position of a cluster in them, and the fenced append. */
@NullMarked
package io.github.redshiftquerylogs.lake;

import org.jspecify.annotations.NullMarked;
