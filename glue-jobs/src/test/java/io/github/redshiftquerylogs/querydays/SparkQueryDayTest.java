package io.github.redshiftquerylogs.querydays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.LakeFiles;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.statement.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The groups of days whose rows were written by hand. */
class SparkQueryDayTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-18");
    private static final Map<String, ExportDeclaration> EXPORTS = new HashMap<>();
    private static final long HOUR = 3_600_000_000L;

    static {
        Declarations.bundled().forEach(export -> EXPORTS.put(export.name(), export));
    }

    @AutoClose
    private static final LocalLake LAKE = new LocalLake();

    private final QueryDay reader = new SparkQueryDay(LAKE.spark(), SparkSettings.CATALOG + "." + LocalLake.DATABASE);

    /** Rows of a cluster, by export; each test has a cluster of its own. */
    private record Rows(ClusterName cluster, Map<String, List<Map<String, Object>>> byExport) {

        Rows(String cluster) {
            this(new ClusterName(cluster), new HashMap<>());
        }

        void add(String export, LocalDateTime logTime, Map<String, Object> values) {
            Map<String, Object> row = new HashMap<>(values);
            row.put("cluster_name", cluster.value());
            row.put("log_time", logTime);
            byExport.computeIfAbsent(export, name -> new ArrayList<>()).add(row);
        }

        void write() {
            byExport.forEach((export, rows) -> {
                LakeTable lake =
                        LAKE.lake(LocalLake.DATABASE).open(Objects.requireNonNull(EXPORTS.get(export)), cluster);
                Table table = LAKE.load(LocalLake.DATABASE, export);
                LakeFiles files = lake.writer().newFiles(0, 0);
                AppendFiles append = table.newAppend();
                try {
                    for (Map<String, Object> values : rows) {
                        Record row = GenericRecord.create(table.schema());
                        values.forEach(row::setField);
                        files.write(row);
                    }
                    for (DataFile file : files.complete()) {
                        append.appendFile(file);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                append.commit();
            });
        }

        /** A query of user 107 in process 5, which ends at a time. */
        LocalDateTime query(long id, String end, double seconds, String text) {
            return query(id, end, seconds, text, Map.of());
        }

        LocalDateTime query(long id, String end, double seconds, String text, Map<String, Object> more) {
            LocalDateTime ended = DAY.atTime(LocalTime.parse(end));
            Map<String, Object> values = new HashMap<>(Map.of(
                    "userid",
                    107,
                    "query",
                    id,
                    "xid",
                    id,
                    "pid",
                    5,
                    "database",
                    "dev",
                    "querytxt",
                    text,
                    "starttime",
                    ended.minus(Math.round(seconds * 1e6), ChronoUnit.MICROS),
                    "endtime",
                    ended,
                    "aborted",
                    0));
            values.putAll(more);
            add("stl_query", ended, values);
            return ended;
        }

        void child(String export, long query, LocalDateTime end, Map<String, Object> values) {
            Map<String, Object> row = new HashMap<>(values);
            row.put("query", query);
            row.put("userid", 107);
            add(export, end, row);
        }
    }

    private List<Map<String, Object>> groups(Rows rows) {
        rows.write();
        List<Map<String, Object>> groups = new ArrayList<>();
        reader.read(rows.cluster(), DAY, groups::add);
        return groups;
    }

    private static Map<String, Object> total(List<Map<String, Object>> groups) {
        return groups.stream()
                .filter(group -> Boolean.TRUE.equals(group.get("is_total")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> withoutTotal(List<Map<String, Object>> groups) {
        return groups.stream()
                .filter(group -> !Boolean.TRUE.equals(group.get("is_total")))
                .toList();
    }

    @Test
    void runsThatDifferInLiteralsAndCostsAreOneGroup() {
        Rows rows = new Rows("one-group");
        LocalDateTime first = rows.query(1, "10:00:00", 2, "select a from t where b = 5");
        LocalDateTime second = rows.query(2, "11:00:00", 4.5, "SELECT a FROM t  WHERE b = 77", Map.of("aborted", 1));
        for (LocalDateTime end : List.of(first, second)) {
            long id = end.equals(first) ? 1 : 2;
            rows.child(
                    "stl_wlm_query",
                    id,
                    end.plusSeconds(1),
                    Map.of(
                            "xid",
                            id,
                            "service_class",
                            6,
                            "service_class_name",
                            " etl ",
                            "total_queue_time",
                            id * 1_500_000));
            rows.child(
                    "stl_scan",
                    id,
                    end,
                    Map.of("type", 2, "rows_pre_filter", 10L, "bytes", 100L, "perm_table_name", "t"));
            rows.child(
                    "stl_scan",
                    id,
                    end,
                    Map.of(
                            "type",
                            2,
                            "rows_pre_filter",
                            1_000L,
                            "bytes",
                            1L,
                            "perm_table_name",
                            "volt_tt_5a",
                            "slice",
                            1));
            rows.child(
                    "stl_explain",
                    id,
                    end,
                    Map.of(
                            "nodeid",
                            2,
                            "parentid",
                            1,
                            "plannode",
                            "  ->  XN Seq Scan on t  (cost=0.00..%d rows=1)".formatted(id)));
            rows.child(
                    "stl_explain", id, end, Map.of("nodeid", 1, "parentid", 0, "plannode", "XN Hash on volt_tt_" + id));
            rows.child("stl_alert_event_log", id, end, Map.of("event", "Very selective query filter:ratio=" + id));
        }
        rows.child("stl_alert_event_log", 1, first, Map.of("event", "Nested Loop Join in the query plan", "slice", 3));
        rows.child(
                "svl_compile",
                1,
                first,
                Map.of("compile", 1, "starttime", first.minusSeconds(1), "endtime", first.minusNanos(250_000_000)));
        rows.child("stl_query_metrics", 2, second, Map.of("segment", -1, "step_type", -1, "blocks_to_disk", 12L));
        rows.child("svl_qlog", 2, second, Map.of("source_query", 1L));

        List<Map<String, Object>> groups = groups(rows);

        assertThat(withoutTotal(groups))
                .singleElement()
                .satisfies(group -> assertThat(group)
                        .contains(
                                entry("source", "stl"),
                                entry("query_shape", "select a from t where b = ?"),
                                entry("shape_version", Statement.VERSION),
                                entry("userid", 107L),
                                entry("database", "dev"),
                                entry("queue", "etl"),
                                entry("runs", 2L),
                                entry("aborted", 1L),
                                entry("failed", 0L),
                                entry("cached", 1L),
                                entry("timed_runs", 2L),
                                entry("seconds", 6.5),
                                entry("max_seconds", 4.5),
                                entry("queue_seconds", 4.5),
                                entry("max_queue_seconds", 3.0),
                                entry("compile_seconds", 0.75),
                                entry("scanned_rows", 20L),
                                entry("scanned_bytes", 200L),
                                entry("spilled_mb", 12L),
                                // 8 × log2 of 2,000 and of 4,500 ms
                                entry("duration_buckets", Map.of(87, 1L, 97, 1L)),
                                entry(
                                        "alerts",
                                        Map.of(
                                                "Very selective query filter",
                                                2L,
                                                "Nested Loop Join in the query plan",
                                                1L)),
                                entry("first_run", first),
                                entry("last_run", second),
                                entry("example_query_id", 2L),
                                entry("example_text", "SELECT a FROM t  WHERE b = 77"))
                        .doesNotContainKey("application_name")
                        .hasEntrySatisfying(
                                "plan_id", plan -> assertThat(plan.toString()).hasSize(16))
                        .hasEntrySatisfying(
                                "shape_id",
                                shape -> assertThat(shape.toString()).hasSize(16)));
        assertThat(total(groups))
                .contains(entry("runs", 2L), entry("seconds", 6.5), entry("duration_buckets", Map.of(87, 1L, 97, 1L)))
                .doesNotContainKeys("source", "query_shape", "userid", "queue", "plan_id");
    }

    @Test
    void anotherPlanUserDatabaseOrApplicationIsAnotherGroup() {
        Rows rows = new Rows("groups");
        String text = "select 1";
        rows.add(
                "stl_connection_log",
                DAY.minusDays(2).atStartOfDay(),
                Map.of("pid", 5, "event", "initiating session", "application_name", "dbt   "));
        rows.add(
                "stl_connection_log",
                DAY.atTime(12, 0),
                Map.of("pid", 5, "event", "initiating session", "application_name", ""));
        rows.add(
                "stl_connection_log",
                DAY.atTime(12, 30),
                Map.of("pid", 5, "event", "disconnecting session", "application_name", "no session"));
        LocalDateTime planned = rows.query(1, "10:00:00", 1, text);
        rows.child("stl_explain", 1, planned, Map.of("nodeid", 1, "plannode", "XN Result"));
        rows.query(2, "10:00:01", 1, text, Map.of("userid", 108));
        rows.query(3, "10:00:02", 1, text, Map.of("database", "sales"));
        rows.query(4, "13:00:00", 1, text);
        rows.query(5, "10:00:03", 1, text);
        rows.query(6, "10:00:04", 1, text, Map.of("pid", 6));

        assertThat(withoutTotal(groups(rows)))
                .extracting(group -> group.get("example_query_id") + " " + group.get("runs") + " "
                        + group.getOrDefault("application_name", "unknown"))
                .as("4 has another session of its process id, without a name, as the process of 6 has")
                .containsExactlyInAnyOrder("1 1 dbt", "2 1 dbt", "3 1 dbt", "5 1 dbt", "6 2 unknown");
    }

    @Test
    void whatCannotBeIsUnknownAndOtherDaysAreLeftOut() {
        Rows rows = new Rows("odd");
        rows.query(1, "10:00:00", -5, "select 1");
        rows.query(2, "10:00:01", 0.0004, "select 1");
        rows.query(3, "10:00:02", 32 * 24 * 3600, "select 1");
        rows.add("stl_query", DAY.atTime(23, 59), Map.of("query", 4L));
        rows.add("stl_query", DAY.plusDays(1).atStartOfDay(), Map.of("query", 5L));
        rows.add("stl_query", DAY.atStartOfDay().minusNanos(1_000), Map.of("query", 6L));

        Map<String, Object> total = total(groups(rows));

        assertThat(total)
                .contains(entry("runs", 4L), entry("timed_runs", 1L), entry("duration_buckets", Map.of(-1, 1L)))
                .doesNotContainKeys("alerts", "queue_seconds", "scanned_rows");
        assertThat(total.get("seconds"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(0.0004, within(1e-9));
    }

    @Test
    void aRunThatBothFamiliesShowCountsOnce() {
        Rows rows = new Rows("both");
        LocalDateTime part = rows.query(1, "10:00:00", 2, "select 1");
        rows.query(2, "11:00:00", 2, "select 2");
        rows.add(
                "sys_query_history",
                part.plusSeconds(1),
                Map.ofEntries(
                        Map.entry("query_id", 901L),
                        Map.entry("user_id", 107),
                        Map.entry("transaction_id", 1L),
                        Map.entry("session_id", 5),
                        Map.entry("database_name", "dev"),
                        Map.entry("status", "failed"),
                        Map.entry("start_time", part.minusSeconds(3)),
                        Map.entry("end_time", part.plusSeconds(1)),
                        Map.entry("elapsed_time", 4_000_000L),
                        Map.entry("queue_time", 31 * 24 * HOUR + 1),
                        Map.entry("compile_time", 500_000L),
                        Map.entry("query_shape", "as it was written"),
                        Map.entry("statement_version", 1),
                        Map.entry("query_text", "select 1")));
        rows.add(
                "sys_query_detail",
                part.plusSeconds(1),
                Map.of(
                        "query_id",
                        901L,
                        "metrics_level",
                        "step",
                        "step_name",
                        "scan",
                        "table_id",
                        7L,
                        "input_rows",
                        3L,
                        "input_bytes",
                        30L,
                        "spilled_block_local_disk",
                        2L,
                        "alert",
                        "Nested loop:x"));
        rows.add(
                "sys_query_detail",
                part.plusSeconds(1),
                Map.of("query_id", 901L, "metrics_level", "segment", "input_rows", 3L, "alert", "Nested loop:x"));

        List<Map<String, Object>> groups = groups(rows);

        assertThat(total(groups)).contains(entry("runs", 2L), entry("failed", 1L));
        assertThat(withoutTotal(groups))
                .anySatisfy(group -> assertThat(group)
                        .contains(
                                entry("source", "sys"),
                                entry("query_shape", "as it was written"),
                                entry("example_query_id", 901L),
                                entry("seconds", 4.0),
                                entry("compile_seconds", 0.5),
                                entry("scanned_rows", 3L),
                                entry("spilled_mb", 2L),
                                entry("alerts", Map.of("Nested loop", 1L)))
                        .doesNotContainKey("queue_seconds"));
    }

    @Test
    void aClusterWithoutRowsHasNoGroup() {
        assertThat(groups(new Rows("empty"))).isEmpty();
    }
}
