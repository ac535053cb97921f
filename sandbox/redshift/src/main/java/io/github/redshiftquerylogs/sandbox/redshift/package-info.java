/**
 * A Redshift cluster for tests and the demo: a PostgreSQL server behind the network protocol of Redshift, with system
 * tables, users, grants and UNLOAD.
 */
@NullMarked
package io.github.redshiftquerylogs.sandbox.redshift;

import org.jspecify.annotations.NullMarked;
