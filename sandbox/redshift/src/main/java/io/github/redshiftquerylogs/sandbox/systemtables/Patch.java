package io.github.redshiftquerylogs.sandbox.systemtables;

/**
 * The patch level of a cluster, as far as its system tables tell: Redshift adds columns to them, and not on all clusters
 * at once.
 */
public enum Patch {
    /** Without the columns that were added in 2026. */
    OLDER,
    /** With {@code user_query_id}, {@code child_query_sequence} and {@code query_uuid}. */
    NEWER
}
