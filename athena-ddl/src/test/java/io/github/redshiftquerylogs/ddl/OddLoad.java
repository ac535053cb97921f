package io.github.redshiftquerylogs.ddl;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Rows that questions have to survive, each kind in a cluster of its own, with ordinary rows beside them. */
final class OddLoad {

    private static final long LARGEST = Long.MAX_VALUE;
    private static final LocalDateTime SENTINEL = LocalDateTime.parse("2000-01-01T00:00:00");

    /** Writes as tools send them, as stored. */
    static final List<String> WRITES = List.of(
            "insert into \"dev\".\"analytics\".\"orders\" (id) values (1)",
            "insert into analytics.\"Order Items\" select 1",
            "insert into analytics.größe select 1",
            "/* {\"app\": \"dbt\", \"node_id\": \"model.shop.customers\"} */\\n\\n   insert into analytics.customers select 1",
            "-- Looker Query Context '{\"user_id\":1}'\\ninsert into analytics.looker_facts select 1",
            "/* note */ update analytics.noted set x = 1",
            "insert into\\n  analytics.multi_line select 1",
            "\\n\\n  delete from analytics.leading_break where 1=1",
            "insert into\\tanalytics.tabbed select 1",
            "delete analytics.without_from where x = 1",
            "merge into analytics.dim using analytics.stage s on dim.id = s.id when matched then update set x = s.x",
            "insert into #temp_stage select 1",
            "insert into analytics.plain select 1",
            "copy analytics.loaded from 's3://bucket/x'",
            "update analytics.updated set x = 1",
            "INSERT INTO ANALYTICS.UPPER_CASE SELECT 1");

    /** Texts of the week before and of this week that have one shape. */
    static final List<List<String>> SHAPES = List.of(
            List.of("select 1 from f where name = 'Smith'", "select 1 from f where name = 'O''Brien'"),
            List.of("select 2 from f where p = 1e5", "select 2 from f where p = 2e7"),
            List.of("select 3 from r where r = -3", "select 3 from r where r = 4"),
            List.of("select 4 from g\\twhere g = 1", "select 4 from g where g = 2"),
            List.of(
                    "select 5 from c where name = 'Smith' and d = 1.5",
                    "select 5 from c where name = 'Miller' and d = 2.75"));

    private OddLoad() {}

    static OddRows rows(LocalDate today) {
        OddRows rows = new OddRows(today);
        times(rows);
        numbers(rows);
        texts(rows);
        plannersTables(rows);
        cursorsAndGenerations(rows);
        resizes(rows);
        SysLoad.both(rows);
        return rows;
    }

    private static void times(OddRows rows) {
        LocalDateTime end = rows.at(1, "12:00:00");
        rows.query("odd", 1, 1, end.minusSeconds(7), end, "select ordinary from t")
                .query("odd", 2, 2, SENTINEL, end, "select aborted from t")
                .query("odd", 3, 3, LocalDateTime.parse("0001-01-01T00:00:00"), end, "select year_one from t")
                .query("odd", 4, 4, end.plusHours(1), end, "select backwards from t")
                .add("stl_query", "cluster_name", "odd", "log_time", end)
                .add("stl_query", "cluster_name", "odd", "log_time", end, "userid", 102, "aborted", 0);
        for (String table : List.of("stl_scan", "stl_wlm_query", "stl_explain", "stl_querytext", "stl_ddltext")) {
            rows.add(table, "cluster_name", "odd", "log_time", end);
        }
        rows.add("stl_utilitytext", "cluster_name", "odd", "log_time", end)
                .add("stl_alert_event_log", "cluster_name", "odd", "log_time", end)
                .add("clusters", "cluster_name", "odd", "log_time", end);
        attempt(rows, "odd", 1, end, 50_000_000, 7_000_000, 1);
        // cancelled while it waited
        attempt(rows, "odd", 2, end, -848_805_140_000_000L, 0, 1);
        attempt(rows, "odd", 3, end, LARGEST, LARGEST, Integer.MAX_VALUE);
        attempt(rows, "odd", 4, end, LARGEST, LARGEST, 1);
    }

    private static void attempt(
            OddRows rows, String cluster, int id, LocalDateTime end, long queued, long executed, int slots) {
        rows.add(
                "stl_wlm_query",
                "cluster_name",
                cluster,
                "log_time",
                end,
                "userid",
                102,
                "query",
                id,
                "xid",
                id,
                "task",
                id,
                "service_class",
                100,
                "service_class_name",
                "Default",
                "slot_count",
                slots,
                "service_class_start_time",
                end.minusMinutes(1),
                "queue_start_time",
                end.minusMinutes(1),
                "total_queue_time",
                queued,
                "exec_start_time",
                executed == 0 ? SENTINEL : end.minusSeconds(7),
                "exec_end_time",
                executed == 0 ? SENTINEL : end,
                "total_exec_time",
                executed,
                "service_class_end_time",
                end,
                "final_state",
                "Completed",
                "est_peak_mem",
                queued);
    }

    private static void numbers(OddRows rows) {
        LocalDateTime end = rows.at(1, "12:00:00");
        scan(rows, "odd", 1, end, 500, "ordinary", 100, 80, 60);
        scan(rows, "odd", 1, end, 500, "ordinary", 0, 0, -5);
        scan(rows, "odd", 2, end, 501, "empty", 0, 0, 0);
        for (int i = 0; i < 3; i++) {
            scan(rows, "odd", 3, end, 502, "largest", LARGEST, 1, LARGEST);
        }
        scan(rows, "odd", 3, end, 502, "largest", 10, 8, 6);
    }

    private static void scan(
            OddRows rows,
            String cluster,
            int id,
            LocalDateTime end,
            int tbl,
            String table,
            long read,
            long seen,
            long kept) {
        rows.add(
                "stl_scan",
                "cluster_name",
                cluster,
                "log_time",
                end,
                "userid",
                102,
                "query",
                id,
                "slice",
                0,
                "segment",
                0,
                "step",
                0,
                "type",
                2,
                "tbl",
                tbl,
                "perm_table_name",
                table,
                "rows_pre_filter",
                read,
                "rows_pre_user_filter",
                seen,
                "rows",
                kept,
                "bytes",
                kept,
                "is_rrscan",
                "f",
                "starttime",
                end,
                "endtime",
                end);
    }

    private static void texts(OddRows rows) {
        LocalDateTime end = rows.at(1, "10:00:00");
        int id = 0;
        for (String write : WRITES) {
            rows.query("writes", ++id, id, end.minusSeconds(1), end, write);
            rows.queryOfEarlierRelease("writes-before", id, id, end.minusSeconds(1), end, write);
        }
        for (List<String> pair : SHAPES) {
            LocalDateTime before = rows.at(9, "10:00:00");
            rows.query("shapes", ++id, id, before.minusSeconds(1), before, pair.get(0));
            rows.queryOfEarlierRelease("shapes-before", id, id, before.minusSeconds(1), before, pair.get(0));
            rows.query("shapes", ++id, id, end.minusSeconds(10), end, pair.get(1));
            rows.queryOfEarlierRelease("shapes-before", id, id, end.minusSeconds(10), end, pair.get(1));
        }
        String dbt =
                "/* {\"app\": \"dbt\", \"dbt_version\": \"1.7.3\", \"profile_name\": \"shop\", \"node_id\": \"model.shop.%1$s\"} */"
                        + " create table %1$s as select 1";
        rows.query("dbt", 1, 1, end.minusSeconds(600), end, dbt.formatted("big"))
                .query("dbt", 2, 2, end.minusSeconds(10), end, dbt.formatted("small"))
                .query("dbt", 3, 3, end.minusSeconds(5), end, dbt.formatted("tiny"))
                .add(
                        "stl_querytext",
                        "cluster_name",
                        "dbt",
                        "log_time",
                        end,
                        "userid",
                        102,
                        "query",
                        3,
                        "xid",
                        3,
                        "pid",
                        9,
                        "sequence",
                        0,
                        "text",
                        "select\\ta,\\r\\nb from t   ");
        rows.statement("stl_ddltext", "texts", 700, end, 0, "create table one (a int)      ");
        rows.statement("stl_ddltext", "texts", 700, end, 0, "create table two (b int)");
        rows.statement("stl_ddltext", "texts", 701, end, 0, "create table three (");
        rows.statement("stl_ddltext", "texts", 701, end, 1, "a int)");
        rows.statement("stl_ddltext", "texts", 701, end, 0, "create table four (b int)");
        rows.statement("stl_utilitytext", "texts", 1, end, 0, "grant select on a to b");
        rows.statement("stl_utilitytext", "texts", 2, end, 0, "/* {\"app\": \"dbt\"} */ grant select on c to d");
        rows.statement("stl_utilitytext", "texts", 3, end, 0, "-- ticket 4711\\nrevoke all on e from f");
        rows.statement("stl_utilitytext", "texts", 4, end, 0, "\\n\\tGRANT\\tselect on g to h");
        rows.statement("stl_utilitytext", "texts", 5, end, 0, "set query_group to 'grant select'");
    }

    private static void plannersTables(OddRows rows) {
        scan(rows, "planner", 1, rows.at(45, "10:00:00"), 900, "volt_tt_5f3a1b2c9d7e0", 9, 9, 9);
        for (int i = 0; i < 3; i++) {
            scan(rows, "planner", 2 + i, rows.at(3, "10:00:00"), 901 + i, "volt_tt_6f3a1b2c9d7e" + i, 9, 9, 9);
            rows.add(
                    "stl_alert_event_log",
                    "cluster_name",
                    "planner",
                    "log_time",
                    rows.at(3, "10:00:00"),
                    "userid",
                    102,
                    "query",
                    2 + i,
                    "slice",
                    0,
                    "segment",
                    0,
                    "step",
                    0,
                    "event",
                    "Very selective query filter:x",
                    "solution",
                    "Review");
        }
        scan(rows, "planner", 8, rows.at(60, "10:00:00"), 777, "orders", 9, 9, 9);
        scan(rows, "planner", 9, rows.at(1, "10:00:00"), 778, "orders", 9, 9, 9);
        rows.add(
                        "stl_explain",
                        "cluster_name",
                        "planner",
                        "log_time",
                        rows.at(1, "10:00:00"),
                        "userid",
                        102,
                        "query",
                        9,
                        "nodeid",
                        1,
                        "plannode",
                        "----- Tables missing statistics: volt_tt_6f3a1b2c9d7e0, orders -----")
                .add(
                        "stl_explain",
                        "cluster_name",
                        "planner",
                        "log_time",
                        rows.at(1, "10:00:00"),
                        "userid",
                        102,
                        "query",
                        9,
                        "nodeid",
                        2,
                        "plannode",
                        "----- Tables missing statistics: volt_tt_6f3a1b2c9d7e1 -----")
                .add(
                        "stl_explain",
                        "cluster_name",
                        "planner",
                        "log_time",
                        rows.at(1, "10:00:00"),
                        "userid",
                        102,
                        "query",
                        9,
                        "nodeid",
                        3,
                        "plannode",
                        "XN Seq Scan on \"order items\"  (cost=0.00..1.00 rows=1 width=8)",
                        "info",
                        "Filter: ((name)::text = 'O''Brien'::text) AND (c1 > -3)");
    }

    private static void cursorsAndGenerations(OddRows rows) {
        for (int days : List.of(6, 2)) {
            LocalDateTime end = rows.at(days, "10:00:00");
            // two lives of a cluster: the same ids of queries and transactions
            declare(rows, end.minusSeconds(40), "declare c1 cursor for select a from life_" + days);
            declare(rows, end.minusSeconds(39), "declare \"C2\" cursor for select b from life_" + days);
            rows.query("cursors", 1, 50, end.minusSeconds(30), end.minusSeconds(20), "fetch 1000 in c1")
                    .query(
                            "cursors",
                            2,
                            50,
                            end.minusSeconds(20),
                            end.minusSeconds(15),
                            "/* x */ FETCH FORWARD 10 FROM \"C2\";");
            int run = 10 * days;
            rows.query("lives", 5, 5, end.minusSeconds(run), end, "select life_" + days + " from t");
            attempt(rows, "lives", 5, end, days * 1_000_000L, 1_000_000, 1);
        }
    }

    private static void declare(OddRows rows, LocalDateTime end, String text) {
        rows.add(
                "stl_utilitytext",
                "cluster_name",
                "cursors",
                "log_time",
                end,
                "userid",
                102,
                "xid",
                50,
                "pid",
                9,
                "label",
                "default",
                "starttime",
                end,
                "endtime",
                end,
                "sequence",
                0,
                "text",
                text);
    }

    private static void resizes(OddRows rows) {
        int id = 0;
        for (int day = 7; day >= 2; day--) {
            for (String time : List.of("09:00:00", "18:00:00")) {
                boolean byDay = time.startsWith("09");
                LocalDateTime at = rows.at(day, time);
                rows.add(
                        "clusters",
                        "cluster_name",
                        "resized",
                        "log_time",
                        at,
                        "node_type",
                        "ra3.4xlarge",
                        "number_of_nodes",
                        byDay ? 8 : 4);
                for (int run = 1; run <= 4; run++) {
                    LocalDateTime start = at.plusHours(run);
                    rows.query("resized", ++id, id, start, start.plusSeconds(byDay ? 10 : 20), "select report");
                }
            }
        }
    }
}
