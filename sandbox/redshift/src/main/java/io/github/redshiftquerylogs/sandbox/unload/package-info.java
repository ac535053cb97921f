/** UNLOAD of the stand-in: writes the rows of a query as Parquet files, and a manifest, to an object store. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.unload;

import org.jspecify.annotations.NullMarked;
