package io.github.redshiftquerylogs.contract;

/**
 * Entries of the state table: the values of its sort key {@link ResourceNames#STATE_SORT_KEY}. {@link StateAttributes}
 * has their attributes, {@code docs/contracts.md} the meaning of both.
 */
public final class StateEntries {

    /** Prefix of the entries of exported tables; written by the job. */
    public static final String TABLE_PREFIX = "table#";
    /** Prefix of the entries of snapshot exports; written by the job. */
    public static final String SNAPSHOT_PREFIX = "snapshot#";
    /** Prefix of the entries of gaps; written by the job. */
    public static final String GAP_PREFIX = "gap#";
    /** Prefix of the entries of daily counts; written by the job. */
    public static final String COUNT_PREFIX = "count#";
    /** How far the cluster's days are sealed; written by the job. */
    public static final String SEAL = "seal";
    /** How far the files of the cluster's sealed days are compacted; written by the job. */
    public static final String COMPACTION = "compaction";
    /** Prefix of the entries of the expiry of snapshots, below {@link #LAKE}; written by the job. */
    public static final String EXPIRY_PREFIX = "expiry#";
    /** In place of a cluster: entries of the lake, which all clusters share. No cluster can have this name. */
    public static final String LAKE = "#lake";
    /** The run that ended last; written by the job. */
    public static final String LATEST_RUN = "run#latest";

    /** Which exports the cluster has, and which of them cannot be read; written by the job. */
    public static final String EXPORTS = "exports";

    /** The last start of a run; written by the Lambda. */
    public static final String LATEST_START = "start#latest";
    /** The job definition that was applied last; written by the Lambda. */
    public static final String DEFINITION = "definition";
    /** The cluster as Redshift describes it; written by the Lambda. */
    public static final String DESCRIPTION = "description";
    /** When the cluster was first and last looked at; written by the Lambda. */
    public static final String SEEN = "seen";

    private StateEntries() {}

    /** The entry of a table, such as {@code table#stl_query}. */
    public static String table(String table) {
        return TABLE_PREFIX + table;
    }

    /** The entry of a table's daily count, such as {@code count#stl_query}. */
    public static String count(String table) {
        return COUNT_PREFIX + table;
    }

    /** The entry of the expiry of a table's snapshots, such as {@code expiry#stl_query}. */
    public static String expiry(String table) {
        return EXPIRY_PREFIX + table;
    }

    /** The entry of a snapshot export, such as {@code snapshot#pg_user}. */
    public static String snapshot(String table) {
        return SNAPSHOT_PREFIX + table;
    }

    /**
     * The entry of a gap, such as {@code gap#stl_query#2026-11-19T12:00:00.000000}.
     *
     * @param from beginning of the gap, UTC, ISO-8601 with six decimals
     */
    public static String gap(String table, String from) {
        return GAP_PREFIX + table + "#" + from;
    }
}
