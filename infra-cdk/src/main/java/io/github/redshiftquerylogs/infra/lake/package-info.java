/**
 * The lake: its bucket and state table, database, tables and queries in Athena, table optimizers, and Lake Formation
 * grants.
 */
@NullMarked
package io.github.redshiftquerylogs.infra.lake;

import org.jspecify.annotations.NullMarked;
