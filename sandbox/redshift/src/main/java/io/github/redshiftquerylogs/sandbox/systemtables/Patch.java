package io.github.redshiftquerylogs.sandbox.systemtables;

/**
 * The patch level of a cluster, which decides the columns of its system tables: Redshift adds columns, but not on all
 * clusters at the same time.
 */
public enum Patch {
    /** Without the columns that were added in 2026. */
    OLDER,
    /** With {@code user_query_id}, {@code child_query_sequence} and {@code query_uuid}. */
    NEWER
}
