/** Compaction by Iceberg's action in Spark. */
@NullMarked
package io.github.redshiftquerylogs.compaction;

import org.jspecify.annotations.NullMarked;
