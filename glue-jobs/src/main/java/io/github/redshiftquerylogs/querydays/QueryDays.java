package io.github.redshiftquerylogs.querydays;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.DayRecords;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.RecordTable;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The table {@code query_days}, for one cluster. Rows are only appended: a day that is sealed again gets a new revision. */
public final class QueryDays {

    private static final String DAY = "day";
    private static final String REVISION = "revision";
    private static final String SEALS = "seals";
    private static final String SEAL_SEQUENCE = "seal_sequence";
    private static final String IS_TOTAL = "is_total";
    private static final String RUN_ID = "run_id";
    /** Numbers of the total of a day without runs. */
    private static final List<String> COUNTS = List.of("runs", "aborted", "failed", "cached", "timed_runs");

    private final ClusterName cluster;
    private final RecordTable table;

    /** @param table opened with {@link #definition} */
    public QueryDays(ClusterName cluster, RecordTable table) {
        this.cluster = cluster;
        this.table = table;
    }

    /** The table {@code query_days}; its {@code log_time} is the begin of the day, UTC. */
    public static TableDefinition definition() {
        return TableDefinition.ofRecords(
                        "query_days",
                        "day",
                        List.of(
                                DAY,
                                REVISION,
                                "source",
                                "shape_id",
                                "shape_version",
                                "plan_id",
                                "userid",
                                "database",
                                "queue",
                                "application_name"),
                        List.of(
                                column(DAY, ColumnType.DATE),
                                column(REVISION, ColumnType.INTEGER),
                                column(SEALS, ColumnType.STRING),
                                column(SEAL_SEQUENCE, ColumnType.BIGINT),
                                column(IS_TOTAL, ColumnType.BOOLEAN),
                                column("source", ColumnType.STRING),
                                column("shape_id", ColumnType.STRING),
                                column("shape_version", ColumnType.INTEGER),
                                column("plan_id", ColumnType.STRING),
                                column("userid", ColumnType.BIGINT),
                                column("database", ColumnType.STRING),
                                column("queue", ColumnType.STRING),
                                column("application_name", ColumnType.STRING),
                                column("statement_kind", ColumnType.STRING),
                                column("query_shape", ColumnType.STRING),
                                column("runs", ColumnType.BIGINT),
                                column("aborted", ColumnType.BIGINT),
                                column("failed", ColumnType.BIGINT),
                                column("cached", ColumnType.BIGINT),
                                column("timed_runs", ColumnType.BIGINT),
                                column("seconds", ColumnType.DOUBLE),
                                column("max_seconds", ColumnType.DOUBLE),
                                column("queue_seconds", ColumnType.DOUBLE),
                                column("max_queue_seconds", ColumnType.DOUBLE),
                                column("compile_seconds", ColumnType.DOUBLE),
                                column("scanned_rows", ColumnType.BIGINT),
                                column("scanned_bytes", ColumnType.BIGINT),
                                column("spilled_mb", ColumnType.BIGINT),
                                column("first_run", ColumnType.TIMESTAMP),
                                column("last_run", ColumnType.TIMESTAMP),
                                column("example_query_id", ColumnType.BIGINT),
                                column("example_text", ColumnType.STRING),
                                column(RUN_ID, ColumnType.STRING)))
                .withMap("duration_buckets", ColumnType.INTEGER, ColumnType.BIGINT)
                .withMap("alerts", ColumnType.STRING, ColumnType.BIGINT);
    }

    private static DeclaredColumn column(String name, ColumnType type) {
        return new DeclaredColumn(name, type, Blanks.DATA);
    }

    /**
     * What the lake has of a day.
     *
     * @param revision the last revision
     * @param sealSequence the greatest number of a seal that it was made from
     */
    record Made(int revision, long sealSequence) {}

    /** The days that were made, from metadata of the lake. */
    SortedMap<LocalDate, Made> made(LakePosition base) {
        SortedMap<LocalDate, Long> revisions = table.greatestByDay(base, REVISION);
        SortedMap<LocalDate, Long> sequences = table.greatestByDay(base, SEAL_SEQUENCE);
        SortedMap<LocalDate, Made> made = new TreeMap<>();
        revisions.forEach(
                (day, revision) -> made.put(day, new Made(Math.toIntExact(revision), sequences.getOrDefault(day, 0L))));
        return made;
    }

    LakePosition position() {
        return table.position();
    }

    /**
     * Appends revisions of days in one commit, unless another run has appended one of these days since {@code base}.
     *
     * @param reader groups the runs of those that have some
     * @param runId the run that writes them
     */
    AppendResult append(LakePosition base, List<DueDay> days, QueryDay reader, String runId) {
        try (DayRecords records = table.newDays()) {
            days.forEach(day -> write(day, reader, runId, records));
            return records.append(base, Map.of("redshift_query_logs.run_id", runId));
        }
    }

    private void write(DueDay day, QueryDay reader, String runId, DayRecords records) {
        Map<String, Object> head = Map.of(
                DAY, day.day(),
                REVISION, day.revision(),
                SEALS, day.seals(),
                SEAL_SEQUENCE, day.sealSequence(),
                RUN_ID, runId);
        AtomicBoolean total = new AtomicBoolean();
        if (day.runs() > 0) {
            reader.read(cluster, day.day(), group -> {
                records.write(day.day(), head, group);
                if (Boolean.TRUE.equals(group.get(IS_TOTAL))) {
                    total.set(true);
                }
            });
        }
        if (!total.get()) {
            // a day without runs is said, so that it is not missing
            Map<String, Object> none = new HashMap<>(Map.of(IS_TOTAL, true));
            COUNTS.forEach(count -> none.put(count, 0L));
            records.write(day.day(), head, none);
        }
    }
}
