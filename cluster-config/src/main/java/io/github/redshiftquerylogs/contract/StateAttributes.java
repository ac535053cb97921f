package io.github.redshiftquerylogs.contract;

/**
 * Attributes of the entries of the state table ({@link StateEntries}). Times are ISO-8601 in UTC; those that are compared
 * with log times have six decimals and no zone.
 */
public final class StateAttributes {

    // table#<table>

    /** Table: the watermark; every row up to this log time is in the lake. */
    public static final String READ_UP_TO = "read_up_to";
    /** Table: the greatest log time of the cluster in the lake when the watermark was written. */
    public static final String LAKE_GREATEST = "lake_greatest";
    /** Table: UUID of the Iceberg table when the watermark was written. */
    public static final String TABLE_UUID = "table_uuid";
    /** Table: identity of the source that was read. */
    public static final String SOURCE_IDENTITY = "source_identity";
    /** Table: length of the next window, in seconds (number). */
    public static final String WINDOW_SECONDS = "window_seconds";
    /** Table: version of the entry, incremented by each watermark (number). */
    public static final String REVISION = "revision";
    /** Table: the run that is reading a window. */
    public static final String ATTEMPT_RUN = "attempt_run";
    /** Table: beginning of the window that is being read. */
    public static final String ATTEMPT_FROM = "attempt_from";
    /** Table: end of the window that is being read. */
    public static final String ATTEMPT_TO = "attempt_to";
    /** Table: the run that got an answer without rows which it could not confirm; absent after the next watermark. */
    public static final String EMPTY_RUN = "empty_run";
    /** Table: that answer says that there is no row up to here. */
    public static final String EMPTY_TO = "empty_to";
    /** Table: where its first export began; absent when that is done. */
    public static final String BACKFILL_FROM = "backfill_from";
    /** Table: the upper bound of the last run of its first export. */
    public static final String BACKFILL_TO = "backfill_to";
    /** Table: when its first export began. */
    public static final String BACKFILL_SINCE = "backfill_since";
    /** Table: when its first export will be done at its pace so far; absent if nothing tells. */
    public static final String BACKFILL_DONE_AT = "backfill_done_at";

    // exports

    /** Exports: what the cluster exports by default, {@code core} or {@code suitable}; decided once. */
    public static final String DEFAULT_EXPORTS = "default_exports";
    /** Exports: the selected logs by name, each with the time since when (map of S). */
    public static final String SELECTED = "selected";
    /** Exports: the selected snapshot exports, which have no watermark, likewise (map of S). */
    public static final String SELECTED_SNAPSHOTS = "selected_snapshots";
    /** Exports: the selected exports that the user may not read, each with what is expected (map of S). */
    public static final String REFUSED = "refused";
    /** Exports: the selected exports that the source does not have, each with the time when it was asked last (map of S). */
    public static final String ABSENT = "absent";
    // snapshot#<table>

    /** Snapshot: the upper bound of the last run that took it or tried to. */
    public static final String TRIED_AT = "tried_at";
    /** Snapshot: how many snapshots, one for each database or one in all, that run has found or taken (number). */
    public static final String TAKEN = "taken";
    /** Snapshot: the rows of these snapshots (number). */
    public static final String ROWS = "snapshot_rows";
    /** Snapshot: those that could not be taken, and why; absent if all were. */
    public static final String MISSING = "missing";

    // gap#<table>#<from>

    /** Gap: its end; rows between its beginning and here were gone before they were read. */
    public static final String UNTIL = "until";

    // count#<table>

    /** Count: the last day that was counted, or whose count was given up. */
    public static final String DAY = "day";
    /** Count: the rows of the day in the source (number); absent if its count was given up. */
    public static final String SOURCE_ROWS = "source_rows";
    /** Count: the rows of the day in the lake (number); absent if its count was given up. */
    public static final String LAKE_ROWS = "lake_rows";
    /** Count: the hours with different numbers, such as {@code 3, 17}; absent if there are none. */
    public static final String DIFFERING_HOURS = "differing_hours";
    /** Count: when the entry was written. */
    public static final String COUNTED_AT = "counted_at";

    // count#<table>, seal

    /** Count and seal: the run that is counting or sealing. */
    public static final String CLAIM_RUN = "claim_run";
    /** Count and seal: no other run does it before this time. */
    public static final String CLAIM_UNTIL = "claim_until";

    // seal

    /** Seal: every day up to this one was sealed or closed, as far as its tables allow. */
    public static final String SEALED_THROUGH = "sealed_through";
    /** Seal: the head of the chain in the table {@code sealed_days}. */
    public static final String SEAL_HEAD = "seal_head";
    /** Seal: the table that is being sealed, and its day; absent when the run is done. */
    public static final String SEALING = "sealing";
    /** Seal: when the entry was written. */
    public static final String SEALED_AT = "sealed_at";

    // compaction

    /** Compaction: the sealed days were compacted, and old snapshots have expired, for this last day that was over. */
    public static final String COMPACTED_THROUGH = "compacted_through";
    /** Compaction: the table whose files are being rewritten, and the day; absent when the run is done. */
    public static final String COMPACTING = "compacting";
    /** Compaction: when the entry was written. */
    public static final String COMPACTED_AT = "compacted_at";

    // expiry#<table>

    /** Expiry: the day on which a run let the table's old snapshots expire; no other one does on that day. */
    public static final String EXPIRED_ON = "expired_on";

    // run#latest, start#latest, gap#<table>#<from>, snapshot#<table>, expiry#<table>

    /** Run, start, gap, snapshot and expiry: id of the run. */
    public static final String RUN_ID = "run_id";

    // run#latest

    /** Run: how it ended, such as {@link #SUCCEEDED}. */
    public static final String STATUS = "status";
    /** Value of {@link #STATUS}: every table was exported. */
    public static final String SUCCEEDED = "succeeded";
    /** Run: when it began. */
    public static final String STARTED_AT = "started_at";
    /** Run: when it ended. */
    public static final String FINISHED_AT = "finished_at";
    /** Run: its summary, as JSON. */
    public static final String SUMMARY = "summary";

    // start#latest

    /** Start: the tick that started the run. */
    public static final String TICK = "tick";
    /** Start: number of failed runs in a row before it (number). */
    public static final String FAILURES = "failures";
    /** Start: id of the latest run at that time. */
    public static final String LAST_RUN_SEEN = "last_run_seen";

    // definition

    /** Definition: hash of the job definition that was applied last. */
    public static final String SHA256 = "sha256";

    // description

    /** Description: the AWS account. */
    public static final String ACCOUNT_ID = "account_id";
    /** Description: the AWS Region. */
    public static final String REGION = "region";
    /** Description: the cluster's identifier in Redshift. */
    public static final String CLUSTER_IDENTIFIER = "cluster_identifier";
    /** Description: the type of its nodes, such as {@code ra3.xlplus}. */
    public static final String NODE_TYPE = "node_type";
    /** Description: how many nodes it has (number). */
    public static final String NUMBER_OF_NODES = "number_of_nodes";
    /** Description: ARN of its namespace. */
    public static final String NAMESPACE_ARN = "namespace_arn";
    /** Description: the tick that found it. */
    public static final String DESCRIBED_AT = "described_at";

    // seen

    /** Seen: the first tick with the cluster in its list. */
    public static final String FIRST_TICK = "first_tick";
    /** Seen: the tick of the last look at its description. */
    public static final String LAST_LOOK = "last_look";
    /** Seen: the run whose rows were published last. */
    public static final String COUNTED_RUN = "counted_run";

    private StateAttributes() {}
}
