/** Iceberg tables: how rows get in, and how far they go. */
@NullMarked
package io.github.redshiftquerylogs.lake;

import org.jspecify.annotations.NullMarked;
