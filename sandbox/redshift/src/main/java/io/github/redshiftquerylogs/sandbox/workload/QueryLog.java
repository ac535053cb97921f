package io.github.redshiftquerylogs.sandbox.workload;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one query id under one user; the query's end is the log time of all of them, but of the rows of
 * WLM, which have times of their own.
 */
final class QueryLog {

    private final StatementLog log;
    private final Session session;
    private final int query;
    private final LocalDateTime start;
    private final LocalDateTime end;

    QueryLog(StatementLog log, Session session, int query, LocalDateTime start, LocalDateTime end) {
        this.log = log;
        this.session = session;
        this.query = query;
        this.start = start;
        this.end = end;
    }

    /** The row of {@code stl_query} and the text. */
    QueryLog queryAndText(String statement, boolean aborted) {
        query(statement, start, end, end, aborted);
        List<String> fragments = Fragments.of(statement);
        UUID uuid = uuid();
        for (int i = 0; i < fragments.size(); i++) {
            log.add(
                    "stl_querytext",
                    end,
                    "userid",
                    session.userid(),
                    "xid",
                    session.xid(),
                    "pid",
                    session.pid(),
                    "query",
                    query,
                    "sequence",
                    i,
                    "text",
                    fragments.get(i),
                    "user_query_id",
                    (long) query,
                    "child_query_sequence",
                    1,
                    "query_uuid",
                    uuid.toString());
        }
        return this;
    }

    /** A second run under the same id, visible by the time that the first one's rows have to be. */
    QueryLog ranAgain(String statement, LocalDateTime secondStart, LocalDateTime secondEnd, LocalDateTime latest) {
        query(statement, secondStart, secondEnd, latest, false);
        return this;
    }

    private void query(String statement, LocalDateTime from, LocalDateTime to, LocalDateTime latest, boolean aborted) {
        @Nullable Object[] values = {
            "userid",
            session.userid(),
            "query",
            query,
            "label",
            session.label(),
            "xid",
            session.xid(),
            "pid",
            session.pid(),
            "database",
            session.database(),
            "querytxt",
            Fragments.beginning(statement),
            "starttime",
            from,
            "endtime",
            to,
            "aborted",
            aborted ? 1 : 0,
            "insert_pristine",
            0,
            "concurrency_scaling_status",
            0
        };
        if (latest.isAfter(to)) {
            log.add("stl_query", to, latest, values);
        } else {
            log.add("stl_query", to, values);
        }
    }

    /** The plan: an aggregate over joins over scans. */
    QueryLog plan(Template template, String join) {
        int cost = 1_000 + log.random().nextInt(9_000_000);
        int node = 1;
        explain(node++, 0, line(0, "XN HashAggregate", cost), "");
        int depth = 1;
        for (int i = 1; i < template.tables().size(); i++) {
            explain(node, node - 1, line(depth++, join, cost), "Hash Cond: (\"outer\".id = \"inner\".id)");
            node++;
        }
        for (String table : template.tables()) {
            explain(node, node - 1, line(depth, "XN Seq Scan on " + table, cost / 2), "Filter: (qtysold > 0)");
            node++;
        }
        return this;
    }

    /** What the planner adds when it had to guess. */
    QueryLog planMissesStatistics(Template template) {
        String tables = String.join(", ", template.tables());
        explain(90, 0, "----- Tables missing statistics: " + tables + " -----", "");
        explain(91, 0, "----- Update statistics by running the ANALYZE command on these tables -----", "");
        return this;
    }

    private static String line(int depth, String node, int cost) {
        String arrow = depth == 0 ? "" : "  ".repeat(depth) + "->  ";
        return arrow + node + String.format(Locale.ROOT, "  (cost=0.00..%d.00 rows=%d width=24)", cost, cost / 7);
    }

    private void explain(int node, int parent, String plannode, String info) {
        log.add(
                "stl_explain",
                end,
                "userid",
                session.userid(),
                "query",
                query,
                "nodeid",
                node,
                "parentid",
                parent,
                "plannode",
                plannode,
                "info",
                info,
                "user_query_id",
                (long) query,
                "child_query_sequence",
                1,
                "query_uuid",
                node == 90 ? null : uuid().toString());
    }

    /** A scan of each of its tables on two slices, and one of what came over the network. */
    QueryLog scans(Template template) {
        int segment = 0;
        for (String table : template.tables()) {
            for (int slice = 0; slice < 2; slice++) {
                scan(slice, segment, 2, 100_100 + Template.WAREHOUSE.indexOf(table), table);
            }
            segment++;
        }
        scan(0, segment, 1, 0, "Internal Worktable");
        return this;
    }

    private void scan(int slice, int segment, int type, int table, String name) {
        SplittableRandom random = log.random();
        long rows = random.nextLong(5_000_000);
        log.add(
                "stl_scan",
                end,
                "userid",
                session.userid(),
                "query",
                query,
                "slice",
                slice,
                "segment",
                segment,
                "step",
                0,
                "starttime",
                start.plus(random.nextInt(500), ChronoUnit.MICROS),
                "endtime",
                end.minus(random.nextInt(500), ChronoUnit.MICROS),
                "tasknum",
                random.nextInt(30),
                "rows",
                rows,
                "bytes",
                rows * 24,
                "fetches",
                rows / 1_000,
                "type",
                type,
                "tbl",
                table,
                "is_rrscan",
                rows % 2 == 0 ? "t" : "f",
                "is_delayed_scan",
                "f",
                "rows_pre_filter",
                rows * 3,
                "rows_pre_user_filter",
                rows * 2,
                "perm_table_name",
                name,
                "is_rlf_scan",
                "f",
                "is_rlf_scan_reason",
                0,
                "num_em_blocks",
                0,
                "checksum",
                random.nextLong(),
                "runtime_filtering",
                "f",
                "scan_region",
                0,
                "num_sortkey_as_predicate",
                0,
                "row_fetcher_state",
                0,
                "consumed_scan_ranges",
                rows / 100,
                "work_stealing_reason",
                0L,
                "is_vectorized_scan",
                "t",
                "is_vectorized_scan_reason",
                0,
                "row_fetcher_reason",
                0L,
                "topology_signature",
                random.nextLong(1L << 40),
                "use_tpm_partition",
                "f",
                "is_rrscan_expr",
                "f",
                "scanned_mega_value",
                null);
    }

    /** The advice that the template provokes, at the first scan. */
    QueryLog alert(Template template) {
        Template.Alert alert = template.alert();
        if (alert == null) {
            throw new IllegalArgumentException("no alert in " + template.sql());
        }
        log.add(
                "stl_alert_event_log",
                end,
                "userid",
                session.userid(),
                "query",
                query,
                "slice",
                0,
                "segment",
                0,
                "step",
                0,
                "pid",
                session.pid() + 1,
                "xid",
                session.xid(),
                "event",
                alert.event(),
                "solution",
                alert.solution(),
                "event_time",
                start);
        return this;
    }

    /**
     * The row of its attempt in workload management.
     *
     * @param leftAt when it left its service class, null or the sentinel where that was never noted: then the log time
     *     is the time at which it was assigned
     * @param queued microseconds that it waited
     */
    QueryLog wlm(int task, LocalDateTime assigned, @Nullable LocalDateTime leftAt, long queued, String finalState) {
        boolean ended = leftAt != null && leftAt.isAfter(assigned);
        LocalDateTime logTime = leftAt != null && ended ? leftAt : assigned;
        int serviceClass = session.userid() == Session.SYSTEM_USER ? 5 : 100 + session.userid() % 3;
        LocalDateTime executing = assigned.plus(queued, ChronoUnit.MICROS);
        log.add(
                "stl_wlm_query",
                logTime,
                "userid",
                session.userid(),
                "xid",
                Math.toIntExact(session.xid()),
                "task",
                task,
                "query",
                query,
                "service_class",
                serviceClass,
                "slot_count",
                1 + task % 3,
                "service_class_start_time",
                assigned,
                "queue_start_time",
                assigned,
                "queue_end_time",
                executing,
                "total_queue_time",
                queued,
                "exec_start_time",
                executing,
                "exec_end_time",
                leftAt,
                "total_exec_time",
                ended ? ChronoUnit.MICROS.between(executing, logTime) : 0L,
                "service_class_end_time",
                leftAt,
                "final_state",
                finalState,
                "est_peak_mem",
                1_048_576L * (1 + task % 100),
                "query_priority",
                "Normal",
                "service_class_name",
                serviceClass == 5 ? "Superuser" : serviceClass == 100 ? "Default queue" : "etl");
        return this;
    }

    private UUID uuid() {
        return new UUID(session.xid() * 0x9E3779B97F4A7C15L, query * 0xC2B2AE3D27D4EB4FL ^ session.userid());
    }
}
