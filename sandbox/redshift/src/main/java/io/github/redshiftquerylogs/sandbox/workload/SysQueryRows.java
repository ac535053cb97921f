package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.sqltext.Fragments;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one run in {@code sys_query_history}, {@code sys_query_text}, {@code sys_query_detail} and {@code
 * sys_query_explain}.
 *
 * @param run the run
 * @param fate how its rows become final
 * @param serverless whether it ran on a Serverless workgroup, which has no queues
 * @param queued microseconds in a queue
 */
record SysQueryRows(Execution run, Fate fate, boolean serverless, long queued) {

    private static final int BYTES_OF_A_PAGE = 4_000;

    /** The status that the run ends with. */
    String finalStatus() {
        if (fate == Fate.UNKNOWN_STATUS) {
            return "suspended";
        }
        if (!run.aborted()) {
            return "success";
        }
        return run.id() % 4 == 0 ? "failed" : "canceled";
    }

    /** A version of its row in {@code sys_query_history}. */
    RowValues history(String status, @Nullable LocalDateTime end) {
        boolean succeeded = status.equals("success");
        long elapsed = end == null ? 0 : Math.max(0, ChronoUnit.MICROS.between(run.start(), end));
        long waited = Math.min(queued, elapsed);
        return new RowValues()
                .set("user_id", run.userid())
                .set("query_id", run.id())
                .set("query_label", run.label())
                .set("transaction_id", run.xid())
                .set("session_id", run.pid())
                .set("database_name", run.database())
                .set("query_type", run.type())
                .set("status", status)
                .set("result_cache_hit", run.is("select current_date"))
                .set("start_time", run.start())
                .set("end_time", end)
                .set("elapsed_time", elapsed)
                .set("queue_time", waited)
                .set("execution_time", elapsed - waited)
                .set("error_message", status.equals("failed") ? "Division by zero" : "")
                .set("returned_rows", succeeded ? run.micros() % 10_000 : 0L)
                .set("returned_bytes", succeeded ? run.micros() % 10_000 * 24 : 0L)
                .set("query_text", Fragments.beginning(run.text()))
                .set("redshift_version", "Redshift 1.0.120000")
                .set("usage_limit", "")
                .set("compute_type", "primary")
                .set("compile_time", elapsed / 20)
                .set("planning_time", elapsed / 50)
                .set("lock_wait_time", 0L)
                .set("service_class_id", serverless ? -1 : 100 + run.userid() % 3)
                .set("service_class_name", serverless ? "" : "Default queue")
                .set("query_priority", serverless ? "" : "normal")
                .set("short_query_accelerated", serverless ? "" : "false")
                .set("user_query_hash", hash(run.text()))
                .set("generic_query_hash", hash(run.text().replaceAll("\\d+", "#")))
                .set("query_hash_version", 1)
                .set("result_cache_query_id", 0)
                .set("username", "user_" + run.userid())
                .set("query_uuid", run.uuid());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Its text in fragments. */
    List<RowValues> texts() {
        List<RowValues> rows = new ArrayList<>();
        for (String fragment : Fragments.of(run.text(), BYTES_OF_A_PAGE)) {
            rows.add(new RowValues()
                    .set("user_id", run.userid())
                    .set("query_id", run.id())
                    .set("transaction_id", run.xid())
                    .set("session_id", run.pid())
                    .set("start_time", run.start())
                    .set("sequence", rows.size())
                    .set("text", fragment)
                    .set("query_uuid", run.uuid()));
        }
        return rows;
    }

    /** Its plan. */
    List<RowValues> plan(List<LogRow> logged) {
        return rows(logged, "stl_explain").stream()
                .map(node -> new RowValues()
                        .set("userid", run.userid())
                        .set("query_id", run.id())
                        .set("child_query_sequence", 1)
                        .set("plan_node_id", node.values().get("nodeid"))
                        .set("plan_parent_id", node.values().get("parentid"))
                        .set("plan_node", node.values().get("plannode"))
                        .set("plan_info", node.values().get("info"))
                        .set("query_uuid", run.uuid()))
                .toList();
    }

    /** Its steps: one row for the query, and one per segment and per scan of it, over all slices. */
    List<RowValues> steps(List<LogRow> logged, boolean active) {
        List<LogRow> scans = rows(logged, "stl_scan").stream()
                .filter(scan -> Objects.equals(scan.values().get("slice"), 0))
                .toList();
        if (scans.isEmpty()) {
            return List.of();
        }
        Optional<Object> alert = rows(logged, "stl_alert_event_log").stream()
                .findFirst()
                .map(row -> row.values().get("event"));
        List<RowValues> rows = new ArrayList<>();
        rows.add(step(active, "child query", -1, -1, null).set("alert", alert.orElse("")));
        for (int segment = 0; segment < scans.size(); segment++) {
            LogRow scan = scans.get(segment);
            rows.add(step(active, "segment", segment, -1, null).set("alert", ""));
            rows.add(step(active, "step", segment, 0, scan).set("alert", segment == 0 ? alert.orElse("") : ""));
        }
        return rows;
    }

    private RowValues step(boolean active, String level, int segment, int step, @Nullable LogRow scan) {
        Object table = scan == null ? null : scan.values().get("tbl");
        long read = scan != null && scan.values().get("rows") instanceof Long number && !active ? number : 0;
        boolean own = table instanceof Integer id && id > 0;
        return new RowValues()
                .set("user_id", run.userid())
                .set("query_id", run.id())
                .set("child_query_sequence", 1)
                .set("stream_id", level.equals("child query") ? -1 : segment)
                .set("segment_id", segment)
                .set("step_id", step)
                .set("step_name", scan == null ? "" : "scan")
                .set("table_id", own ? table : 0)
                .set(
                        "table_name",
                        scan != null && own
                                ? run.database() + ".public." + scan.values().get("perm_table_name")
                                : "")
                .set("is_rrscan", scan == null ? "f" : scan.values().get("is_rrscan"))
                .set("start_time", run.start())
                .set("end_time", active ? run.start() : run.end())
                .set("duration", active ? 0L : run.micros())
                .set("input_bytes", read * 24)
                .set("input_rows", read)
                .set("output_bytes", read * 8)
                .set("output_rows", read / 3)
                .set("blocks_read", read / 1_000)
                .set("blocks_write", 0L)
                .set("local_read_io", read / 2_000)
                .set("remote_read_io", read / 4_000)
                .set("source", own ? "Redshift(local)" : "")
                .set("data_skewness", 3)
                .set("time_skewness", 7)
                .set("is_active", active ? "t" : "f")
                .set("spilled_block_local_disk", 0L)
                .set("spilled_block_remote_disk", 0L)
                .set("step_attribute", "")
                .set("metrics_level", level)
                .set("plan_parent_id", segment)
                .set("plan_node_id", segment + 1)
                .set("query_uuid", run.uuid());
    }

    private List<LogRow> rows(List<LogRow> logged, String table) {
        return logged.stream()
                .filter(row -> row.table().equals(table))
                .filter(row -> Objects.equals(row.values().get("query"), run.query())
                        && Objects.equals(row.values().get("userid"), run.userid()))
                .toList();
    }
}
