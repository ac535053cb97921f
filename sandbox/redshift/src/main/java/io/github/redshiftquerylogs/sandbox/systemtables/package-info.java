/**
 * The system tables of a cluster: names, columns and types by patch level. Written down independently of the
 * declarations of the export.
 */
@NullMarked
package io.github.redshiftquerylogs.sandbox.systemtables;

import org.jspecify.annotations.NullMarked;
