package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logs of two clusters: a few statements with known answers. Both clusters have a query 101 that ended at the same
 * moment, and {@code finance} has another query 101 three days later.
 *
 * @param today the day of the test, UTC; statements lie whole days before it
 */
record KnownLoad(LocalDate today) {

    static final String FINANCE = "finance";
    static final String PRODUCT = "product";

    private static final String DEFAULT = "Default queue";

    /** 200 bytes that end with the blank between two words. The line break is stored as two characters. */
    static final String LONG_BEGIN =
            fill("select c.name,\\nsum(s.price)/*", "*/from sales s, customers c where s.c = c.id and ");

    static final String LONG_END = "c.name = 'C:\\\\new' order by 1";
    /** 200 bytes that end with two blanks. */
    static final String DDL_BEGIN = fill("create table mart.daily (\\n  day date,/*", "*/ price int,  ");

    static final String DDL_END = "shop int)";

    private static String fill(String begin, String end) {
        return begin + "-".repeat(200 - begin.length() - end.length()) + end;
    }

    private LocalDateTime at(int daysAgo, String time) {
        return LocalDateTime.parse(today.minusDays(daysAgo) + "T" + time);
    }

    void writeFinance(EmbeddedRedshift redshift) throws SQLException {
        redshift.catalog().createUser(100, "dashboards");
        redshift.catalog().createUser(101, "etl");
        redshift.catalog().createUser(103, "analyst");
        redshift.catalog().createTable("dev", 500, "mart", "sales");
        try (Connection admin = redshift.admin()) {
            HandMadeLog log = new HandMadeLog(admin);
            log.query(91, 91, 100, at(40, "08:00:00"), 2, "select * from archive_2019")
                    .scan(0, 0, 509, "archive_2019", 10, 10, 10);
            log.query(90, 900, 100, at(10, "10:00:00"), 10, "select sum(price) from sales where day = 3")
                    .scan(0, 0, 500, "sales", 3000, 3000, 1000);
            log.query(101, 1001, 100, at(5, "10:00:00"), 20, "select sum(price) from sales where day = 1")
                    .text("select sum(price) from sales where day = 1")
                    .plan(
                            "XN Aggregate  (cost=1.00..2.00 rows=1 width=8)",
                            "",
                            "  ->  XN Hash Join DS_BCAST_INNER  (cost=1.00..2.00 rows=1 width=8)",
                            "Hash Cond: (\"outer\".id = \"inner\".id)",
                            "        ->  XN Seq Scan on sales  (cost=1.00..2.00 rows=1 width=8)",
                            "Filter: (day = 1)")
                    .scan(0, 0, 500, "sales", 3000, 2500, 1000)
                    .scan(1, 0, 500, "sales", 3000, 2500, 1000)
                    .scan(1, 0, 1, 0, "Internal Worktable", 7, 7, 7, "f")
                    .alert(0, 0, "Nested Loop Join in the query plan:~", "Review the join predicates")
                    .attempt(1, 100, DEFAULT, 2, 5, "Completed");
            log.undo(1001, at(5, "10:00:00"));
            log.query(102, 1002, 100, at(5, "10:00:30"), 40, LONG_BEGIN + LONG_END)
                    .text(LONG_BEGIN, LONG_END)
                    .plan(
                            "XN Merge  (cost=1.00..2.00 rows=1 width=8)",
                            "",
                            "  ->  XN Seq Scan on sales  (cost=1.00..2.00 rows=1 width=8)",
                            "",
                            "  ->  XN Seq Scan on customers  (cost=1.00..2.00 rows=1 width=8)",
                            "Filter: ((name)::text = 'C:'::text)")
                    .planNode(90, 0, "----- Tables missing statistics: customers -----", "")
                    .scan(2, 0, 0, 500, "sales", 3000, 2500, 2500, "t")
                    .scan(0, 1, 501, "customers", 100, 100, 100)
                    .alert(0, 1, "Missing query planner statistics:~", "Run the ANALYZE command")
                    .attempt(2, 100, DEFAULT, 1, 0, "Completed");
            log.attempt(103, 1003, 101, 7, at(4, "10:50:00"), 100, DEFAULT, 1, 0, 600, "Evicted");
            log.query(104, 1003, 101, at(4, "11:05:00"), 300, "insert into sales select * from staging_sales")
                    .plan("XN Seq Scan on staging_sales  (cost=0.00..8.00 rows=800 width=8)", "")
                    .scan(0, 0, 502, "staging_sales", 800, 800, 800)
                    .attempt(7, 101, "etl", 4, 60, "Completed");
            log.query(105, 1005, 101, at(3, "09:00:03"), 3, "delete from sales where day < 0", 1, 0)
                    .attempt(8, 101, "etl", 1, 0, "Canceled");
            log.query(107, 1007, 100, at(3, "09:40:00"), 30, "select sum(price) from sales where day = 2", 0, 1)
                    .scan(0, 0, 500, "sales", 3000, 3000, 500);
            log.query(108, 1008, 1, at(3, "09:45:00"), 1, "vacuum of the system")
                    .scan(0, 0, 500, "sales", 9999, 1, 1)
                    .attempt(9, 5, "Superuser", 1, 0, "Completed");
            log.query(101, 51, 103, at(2, "10:00:00"), 4, "select count(*) from customers")
                    .text("select count(*) from customers")
                    .plan(
                            "XN Aggregate  (cost=1.00..1.00 rows=1 width=0)",
                            "",
                            "  ->  XN Seq Scan on customers  (cost=1.00..1.00 rows=1 width=0)",
                            "")
                    .scan(0, 0, 501, "customers", 100, 100, 100)
                    .attempt(1, 100, DEFAULT, 1, 0, "Completed");
            log.query(109, 1009, 100, at(2, "12:00:00"), 8, "fetch 1000 in c1");

            log.statement("stl_ddltext", 20, 100, at(20, "07:00:00"), "drop table old_sales");
            log.statement("stl_ddltext", 1100, 101, at(5, "08:00:00"), DDL_BEGIN, DDL_END);
            log.statement(
                    "stl_utilitytext", 1101, 101, at(5, "08:05:00"), "grant select on mart.daily\\nto group readers");
            log.statement("stl_utilitytext", 1102, 1, at(4, "03:00:00"), "xx /rdsdbbin/xen_is_up.sql");
            log.statement("stl_utilitytext", 1009, 100, at(2, "11:59:00"), "declare c1 cursor for select * from sales");
            log.statement("stl_utilitytext", 1009, 100, at(2, "12:00:01"), "commit");
        }
    }

    void writeProduct(EmbeddedRedshift redshift) throws SQLException {
        redshift.catalog().createUser(100, "reports");
        redshift.catalog().createUser(102, "loader");
        redshift.catalog().createTable("dev", 700, "public", "sales");
        try (Connection admin = redshift.admin()) {
            HandMadeLog log = new HandMadeLog(admin);
            log.query(102, 2002, 100, at(9, "10:00:00"), 40, "select sum(price) from sales where day = 8");
            log.query(103, 2003, 100, at(8, "10:00:00"), 50, "select sum(price) from sales where day = 9");
            log.query(101, 2001, 100, at(5, "10:00:00"), 8, "select sum(price) from sales where day = 7")
                    .text("select sum(price) from sales where day = 7")
                    .plan(
                            "XN Aggregate  (cost=1.00..2.00 rows=1 width=8)",
                            "",
                            "  ->  XN Seq Scan on sales  (cost=1.00..2.00 rows=1 width=8)",
                            "Filter: (day = 7)")
                    .scan(2, 0, 0, 700, "sales", 4000, 4000, 1000, "t")
                    .attempt(1, 100, DEFAULT, 1, 0, "Completed");
            log.undo(2001, at(5, "10:00:00"));
            log.query(104, 2004, 100, at(3, "10:00:00"), 12, "select sum(price) from sales where day = 10");
            log.query(105, 2005, 100, at(2, "10:00:00"), 14, "select sum(price) from sales where day = 11")
                    .scan(0, 0, 700, "sales", 100_000, 100_000, 10)
                    .alert(
                            0,
                            0,
                            "Very selective query filter:ratio=rows(10)/rows(100000)=0.0001",
                            "Review the choice of sort key");
            // began in one queue, ended in another, under one id
            log.attempt(105, 2005, 100, 3, at(2, "09:59:46"), 100, DEFAULT, 1, 0, 4, "Hopped");
            log.attempt(105, 2005, 100, 3, at(2, "09:59:50"), 101, "etl", 1, 0, 10, "Completed");
            log.query(106, 2006, 102, at(2, "10:30:00"), 180, "copy sales from 's3://bucket/x'")
                    .attempt(9, 101, "etl", 2, 120, "Completed");

            log.statement("stl_ddltext", 2100, 102, at(2, "09:00:00"), "alter table sales add column note varchar(10)");
            log.statement("stl_utilitytext", 2101, 102, at(3, "08:00:00"), "revoke all on sales from public");
        }
    }

    /** Rows of the table clusters: product was resized four days ago. */
    String clusterRows() {
        return "('finance', timestamp '%s 00:00:00', 'f-host', '222', 'us-east-1', 'finance-1', 'dc2.large', 4), "
                        .formatted(today.minusDays(45))
                + "('product', timestamp '%s 00:00:00', 'p-host', '111', 'eu-central-1', 'product-1', 'ra3.xlplus', 2), "
                        .formatted(today.minusDays(13))
                + "('product', timestamp '%s 00:00:00', 'p-host', '111', 'eu-central-1', 'product-1', 'ra3.xlplus', 4)"
                        .formatted(today.minusDays(4));
    }

    /** Counts of one day: of stl_query twice, of which the last one counts, and of a table of which all rows are missing. */
    String rowCounts() {
        String first = "timestamp '%s 03:00:00'".formatted(today.minusDays(4));
        String second = "timestamp '%s 04:00:00'".formatted(today.minusDays(4));
        String day = "date '%s'".formatted(today.minusDays(5));
        return "('finance', " + first + ", 'stl_query', " + day + ", 10, 9, 0), "
                + "('finance', " + second + ", 'stl_query', " + day + ", 9, 1, 1), "
                + "('finance', " + second + ", 'stl_query', " + day + ", 10, 3, 2), "
                + "('product', " + first + ", 'stl_ddltext', " + day + ", 7, 4, 0)";
    }

    /** Rows of the table {@code sealed_days}: a day that is sealed, one that is sealed again, one that never was. */
    String sealedDays() {
        String day = "date '%s'".formatted(today.minusDays(5));
        return sealedDay(
                        1,
                        4,
                        "stl_query",
                        day,
                        1,
                        "sealed",
                        "3",
                        2,
                        0,
                        "timestamp '%s 10:00:30'".formatted(today.minusDays(5)))
                + ", " + sealedDay(2, 3, "stl_query", day, 2, "sealed", "4", 3, 1, "null")
                + ", " + sealedDay(3, 4, "stl_ddltext", day, 1, "sealed", "2", 2, 0, "null")
                + ", " + sealedDay(4, 3, "stl_explain", day, 1, "never_sealed", "null", 7, 0, "null");
    }

    private String sealedDay(
            int sequence,
            int daysAgo,
            String table,
            String day,
            int revision,
            String state,
            String sourceRows,
            int lakeRows,
            int lateRows,
            String first) {
        return "('finance', timestamp '" + today.minusDays(daysAgo) + " 03:0" + sequence + ":00', '" + table + "', "
                + day
                + ", " + revision + ", '" + state + "', " + sourceRows + ", " + lakeRows + ", " + lateRows + ", "
                + lateRows * 3600 + ", 0, 0, '" + "0".repeat(31) + sequence + "', " + first + ", " + first + ", 'run', "
                + sequence + ", 'before', 'after')";
    }

    /** Statements that write {@code query_days}: a day with two revisions, an earlier one, and one without queries. */
    List<String> queryDays() {
        String revised = queryDay(40, 1, false, 107, "map(ARRAY[80], ARRAY[bigint '9'])", "null", 9)
                + ", " + queryDay(40, 1, true, null, "map(ARRAY[80], ARRAY[bigint '9'])", "null", 9)
                + ", "
                + queryDay(
                        40,
                        2,
                        false,
                        107,
                        "map(ARRAY[-1, 80, 87], ARRAY[bigint '1', 18, 1])",
                        "map(ARRAY['Nested Loop'], ARRAY[bigint '2'])",
                        20)
                + ", " + queryDay(40, 2, false, 1, "map(ARRAY[160], ARRAY[bigint '5'])", "null", 5)
                + ", "
                + queryDay(
                        40,
                        2,
                        true,
                        null,
                        "map(ARRAY[-1, 80, 87, 160], ARRAY[bigint '1', 18, 1, 5])",
                        "map(ARRAY['Nested Loop'], ARRAY[bigint '2'])",
                        25);
        String others = queryDay(100, 1, false, 108, "map(ARRAY[96], ARRAY[bigint '2'])", "null", 2)
                + ", " + queryDay(100, 1, true, null, "map(ARRAY[96], ARRAY[bigint '2'])", "null", 2)
                + ", " + queryDay(3, 1, true, null, "null", "null", 0);
        String columns =
                "INSERT INTO query_days (cluster_name, log_time, day, revision, seals, is_total, source, shape_id, shape_version,"
                        + " userid, query_shape, runs, aborted, failed, cached, timed_runs, last_run, duration_buckets, alerts) VALUES ";
        return List.of("DELETE FROM query_days", columns + revised, columns + others);
    }

    private String queryDay(
            int daysAgo,
            int revision,
            boolean total,
            @Nullable Integer userid,
            String buckets,
            String alerts,
            int runs) {
        LocalDate day = today.minusDays(daysAgo);
        String group = total ? "null, null, null" : "'stl', '00ff', 1";
        return "('finance', timestamp '" + day + " 00:00:00', date '" + day + "', " + revision + ", 'stl_query:"
                + revision
                + "', " + total + ", " + group + ", " + userid + ", " + (total ? "null" : "'select ?'") + ", " + runs
                + ", 0, 0, 0, " + runs + ", timestamp '" + day + " 09:00:00', " + buckets + ", " + alerts + ")";
    }
}
