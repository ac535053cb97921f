/** Redshift's UNLOAD, done by the stand-in: a query's rows as Parquet files and a manifest in an object store. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.unload;

import org.jspecify.annotations.NullMarked;
