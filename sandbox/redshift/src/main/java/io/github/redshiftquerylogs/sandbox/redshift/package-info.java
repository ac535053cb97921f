/** The Redshift stand-in: embedded PostgreSQL with Redshift's STL tables, behind a filter that lets Redshift's driver in. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.redshift;

import org.jspecify.annotations.NullMarked;
