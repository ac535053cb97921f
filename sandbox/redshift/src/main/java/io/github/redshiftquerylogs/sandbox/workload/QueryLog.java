package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.sqltext.Fragments;
import io.github.redshiftquerylogs.sandbox.sqltext.Template;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one query id and one user. Their log time is the end of the query, apart from WLM rows, which have
 * times of their own.
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
                    new RowValues()
                            .set("userid", session.userid())
                            .set("xid", session.xid())
                            .set("pid", session.pid())
                            .set("query", query)
                            .set("sequence", i)
                            .set("text", fragments.get(i))
                            .set("user_query_id", (long) query)
                            .set("child_query_sequence", 1)
                            .set("query_uuid", uuid.toString()));
        }
        return this;
    }

    /** A second run under the same id; its rows are visible no later than those of the first one must be. */
    QueryLog ranAgain(String statement, LocalDateTime secondStart, LocalDateTime secondEnd, LocalDateTime latest) {
        query(statement, secondStart, secondEnd, latest, false);
        return this;
    }

    private void query(String statement, LocalDateTime from, LocalDateTime to, LocalDateTime latest, boolean aborted) {
        RowValues values = new RowValues()
                .set("userid", session.userid())
                .set("query", query)
                .set("label", session.label())
                .set("xid", session.xid())
                .set("pid", session.pid())
                .set("database", session.database())
                .set("querytxt", Fragments.beginning(statement))
                .set("starttime", from)
                .set("endtime", to)
                .set("aborted", aborted ? 1 : 0)
                .set("insert_pristine", 0)
                .set("concurrency_scaling_status", 0);
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

    /** The lines that the planner adds if statistics are missing. */
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
                new RowValues()
                        .set("userid", session.userid())
                        .set("query", query)
                        .set("nodeid", node)
                        .set("parentid", parent)
                        .set("plannode", plannode)
                        .set("info", info)
                        .set("user_query_id", (long) query)
                        .set("child_query_sequence", 1)
                        .set("query_uuid", node == 90 ? null : uuid().toString()));
    }

    /** A scan of each of its tables on two slices, and a scan of rows from the network. */
    QueryLog scans(Template template) {
        int segment = 0;
        for (String table : template.tables()) {
            for (int slice = 0; slice < 2; slice++) {
                scan(slice, segment, 2, ClusterObjects.tableId(table), table);
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
                new RowValues()
                        .set("userid", session.userid())
                        .set("query", query)
                        .set("slice", slice)
                        .set("segment", segment)
                        .set("step", 0)
                        .set("starttime", start.plus(random.nextInt(500), ChronoUnit.MICROS))
                        .set("endtime", end.minus(random.nextInt(500), ChronoUnit.MICROS))
                        .set("tasknum", random.nextInt(30))
                        .set("rows", rows)
                        .set("bytes", rows * 24)
                        .set("fetches", rows / 1_000)
                        .set("type", type)
                        .set("tbl", table)
                        .set("is_rrscan", rows % 2 == 0 ? "t" : "f")
                        .set("is_delayed_scan", "f")
                        .set("rows_pre_filter", rows * 3)
                        .set("rows_pre_user_filter", rows * 2)
                        .set("perm_table_name", name)
                        .set("is_rlf_scan", "f")
                        .set("is_rlf_scan_reason", 0)
                        .set("num_em_blocks", 0)
                        .set("checksum", random.nextLong())
                        .set("runtime_filtering", "f")
                        .set("scan_region", 0)
                        .set("num_sortkey_as_predicate", 0)
                        .set("row_fetcher_state", 0)
                        .set("consumed_scan_ranges", rows / 100)
                        .set("work_stealing_reason", 0L)
                        .set("is_vectorized_scan", "t")
                        .set("is_vectorized_scan_reason", 0)
                        .set("row_fetcher_reason", 0L)
                        .set("topology_signature", random.nextLong(1L << 40))
                        .set("use_tpm_partition", "f")
                        .set("is_rrscan_expr", "f")
                        .set("scanned_mega_value", null));
    }

    /** The alert of the template, at the first scan. */
    QueryLog alert(Template template) {
        Template.Alert alert = template.alert();
        if (alert == null) {
            throw new IllegalArgumentException("no alert in " + template.sql());
        }
        log.add(
                "stl_alert_event_log",
                end,
                new RowValues()
                        .set("userid", session.userid())
                        .set("query", query)
                        .set("slice", 0)
                        .set("segment", 0)
                        .set("step", 0)
                        .set("pid", session.pid() + 1)
                        .set("xid", session.xid())
                        .set("event", alert.event())
                        .set("solution", alert.solution())
                        .set("event_time", start));
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
                new RowValues()
                        .set("userid", session.userid())
                        .set("xid", Math.toIntExact(session.xid()))
                        .set("task", task)
                        .set("query", query)
                        .set("service_class", serviceClass)
                        .set("slot_count", 1 + task % 3)
                        .set("service_class_start_time", assigned)
                        .set("queue_start_time", assigned)
                        .set("queue_end_time", executing)
                        .set("total_queue_time", queued)
                        .set("exec_start_time", executing)
                        .set("exec_end_time", leftAt)
                        .set("total_exec_time", ended ? ChronoUnit.MICROS.between(executing, logTime) : 0L)
                        .set("service_class_end_time", leftAt)
                        .set("final_state", finalState)
                        .set("est_peak_mem", 1_048_576L * (1 + task % 100))
                        .set("query_priority", "Normal")
                        .set(
                                "service_class_name",
                                serviceClass == 5 ? "Superuser" : serviceClass == 100 ? "Default queue" : "etl"));
        return this;
    }

    private UUID uuid() {
        return new UUID(session.xid() * 0x9E3779B97F4A7C15L, query * 0xC2B2AE3D27D4EB4FL ^ session.userid());
    }
}
