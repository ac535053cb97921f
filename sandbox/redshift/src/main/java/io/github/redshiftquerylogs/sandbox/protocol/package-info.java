/**
 * The wire protocol in front of PostgreSQL: TLS, start-up parameters that only Redshift knows, query groups, UNLOAD
 * statements.
 */
@NullMarked
package io.github.redshiftquerylogs.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
