/** Lookup of clusters in Redshift, and the Glue connections that are created for them. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.connection;

import org.jspecify.annotations.NullMarked;
