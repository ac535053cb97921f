package io.github.redshiftquerylogs.ddl;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of SYS views: of a Serverless workgroup, and of a cluster that exports STL tables as well. */
final class SysLoad {

    static final String SERVERLESS = "reports";
    static final String BOTH = "both";

    private SysLoad() {}

    /** Rows of {@link #SERVERLESS}, with known answers. */
    static OddRows serverless(LocalDate today) {
        OddRows rows = new OddRows(today);
        LocalDateTime end = rows.at(9, "10:00:04");
        rows.sysQuery(SERVERLESS, 4000, 90, end.minusSeconds(4), end, "select sum(price) from sales where day = 20");
        end = rows.at(5, "10:00:16");
        rows.sysQuery(
                SERVERLESS,
                5001,
                91,
                end.minusSeconds(16),
                end,
                "select sum(price) from\\nsales where day = 21",
                "username",
                "looker",
                "database_name",
                "dev",
                "query_label",
                "daily",
                "queue_time",
                2_000_000,
                "compile_time",
                1_500_000,
                "execution_time",
                12_000_000,
                "returned_rows",
                1,
                "result_cache_hit",
                false);
        fragment(rows, 5001, end, 1, "\\nsales where day = 21  ");
        fragment(rows, 5001, end, 0, "select sum(price) from");
        step(rows, 5001, end, "child query", null, 9_999, 9_999, 0, "Very selective query filter");
        step(rows, 5001, end, "step", "scan", 5_000, 40_000, 3, "Very selective query filter");
        step(rows, 5001, end, "step", "scan", 1_000, 8_000, 0, "");
        step(rows, 5001, end, "step", "aggregate", 6_000, 48_000, 4, "");
        end = rows.at(3, "10:00:02");
        rows.sysQuery(
                SERVERLESS,
                5002,
                92,
                end.minusSeconds(2),
                end,
                "select 1 / 0",
                "status",
                "failed",
                "error_message",
                "Divide by zero");
        end = rows.at(2, "10:00:01");
        rows.sysQuery(
                SERVERLESS,
                5003,
                93,
                end.minusSeconds(1),
                end,
                "-- weekly\\ncreate table mart.weekly (day date)",
                "query_type",
                "DDL");
        end = rows.at(2, "10:05:00");
        rows.sysQuery(
                SERVERLESS,
                5004,
                94,
                end,
                end,
                "grant select on mart.weekly to group readers",
                "query_type",
                "UTILITY");
        end = rows.at(2, "10:10:00");
        rows.sysQuery(
                SERVERLESS,
                5005,
                95,
                end,
                end,
                "select sum(price) from sales where day = 21",
                "result_cache_hit",
                true,
                "compute_type",
                "primary-scale");
        end = rows.at(2, "10:20:00");
        rows.sysQuery(SERVERLESS, 5006, 96, end.minusSeconds(9), end, "select of the system", "user_id", 1);
        return rows;
    }

    private static void fragment(OddRows rows, int id, LocalDateTime end, int sequence, String text) {
        rows.add(
                "sys_query_text",
                "cluster_name",
                SERVERLESS,
                "log_time",
                end,
                "user_id",
                102,
                "query_id",
                id,
                "sequence",
                sequence,
                "text",
                text);
    }

    private static void step(
            OddRows rows,
            int id,
            LocalDateTime end,
            String level,
            @Nullable String name,
            long inputRows,
            long inputBytes,
            long spilled,
            String alert) {
        rows.add(
                "sys_query_detail",
                "cluster_name",
                SERVERLESS,
                "log_time",
                end,
                "query_id",
                id,
                "metrics_level",
                level,
                "step_name",
                name == null ? "" : name,
                "table_id",
                500,
                "input_rows",
                inputRows,
                "input_bytes",
                inputBytes,
                "spilled_block_local_disk",
                spilled,
                "alert",
                alert);
    }

    /** Adds rows of {@link #BOTH}: what is in one family, in the other one, and in both. */
    static void both(OddRows rows) {
        LocalDateTime end = rows.at(3, "10:00:00");
        // one query in both
        rows.query(BOTH, 1, 10, end.minusSeconds(5), end, "select 1")
                .sysQuery(BOTH, 9001, 10, end.minusSeconds(6), end.plusNanos(1_000), "select 1");
        // two rewritten queries of what is one query there; the run of an id has a sentinel as its begin
        rows.query(BOTH, 2, 11, end.minusSeconds(5), end.minusSeconds(3), "select 2a")
                .query(BOTH, 3, 11, LocalDateTime.parse("2000-01-01T00:00:00"), end, "select 2b")
                .sysQuery(BOTH, 9002, 11, end.minusSeconds(6), end, "select 2");
        // two queries of a transaction, of which the second one is not final there
        rows.query(BOTH, 4, 12, end, end.plusSeconds(10), "select 4")
                .query(BOTH, 5, 12, end.plusSeconds(20), end.plusSeconds(30), "select 5")
                .sysQuery(BOTH, 9004, 12, end, end.plusSeconds(10), "select 4");
        // over midnight
        LocalDateTime midnight = rows.at(2, "00:00:00");
        rows.query(BOTH, 6, 13, midnight.minusSeconds(9), midnight.minusSeconds(1), "select 6")
                .sysQuery(BOTH, 9006, 13, midnight.minusSeconds(9), midnight.plusSeconds(1), "select 6");
        // over midnight, and exported two days after its end, because its status was not known
        end = rows.at(4, "00:00:01");
        rows.query(BOTH, 7, 14, end.minusSeconds(2), end, "select 7")
                .sysQuery(
                        BOTH,
                        9007,
                        14,
                        end.minusSeconds(2),
                        end,
                        "select 7",
                        "status",
                        "suspended",
                        "log_time",
                        end.plusDays(2));
        // in one of them only; in STL a transaction without an id, and one whose id began again
        end = rows.at(2, "15:00:00");
        rows.query(BOTH, 8, 15, end.minusSeconds(1), end, "select 8")
                .query(BOTH, 9, 10, end.minusSeconds(2), end, "select 9")
                .add(
                        "stl_query",
                        "cluster_name",
                        BOTH,
                        "log_time",
                        end,
                        "query",
                        10,
                        "userid",
                        102,
                        "aborted",
                        1,
                        "starttime",
                        end,
                        "endtime",
                        end)
                .sysQuery(BOTH, 9011, 16, end, end, "select 11", "result_cache_hit", true);
        // another cluster with the same transaction at the same time
        end = rows.at(3, "10:00:00");
        rows.query("both-other", 1, 10, end.minusSeconds(5), end, "select 1");
        statements(rows);
    }

    /** Statements that are in both families, and in one of them. */
    private static void statements(OddRows rows) {
        LocalDateTime end = rows.at(2, "08:00:00");
        for (String text : new String[] {"create table t1 (a int)", "drop table t1", "create table t1 (a int)"}) {
            end = end.plusSeconds(1);
            rows.statement("stl_ddltext", BOTH, 30, end, 0, text);
            rows.sysQuery(BOTH, 9030 + end.getSecond(), 30, end, end.plusNanos(2_000), text, "query_type", "DDL");
        }
        rows.statement("stl_ddltext", BOTH, 31, end, 0, "drop table t2");
        rows.sysQuery(BOTH, 9041, 32, end, end, "drop table t3", "query_type", "DDL");
        rows.sysQuery(BOTH, 9042, 33, end, end, "drop table t4", "query_type", "DDL", "status", "failed");
        rows.statement("stl_utilitytext", BOTH, 34, end, 0, "grant select on t1 to a");
        rows.sysQuery(BOTH, 9043, 34, end, end, "grant select on t1 to a", "query_type", "UTILITY");
        rows.sysQuery(BOTH, 9044, 35, end, end, "revoke all on t1 from b", "query_type", "UTILITY");
    }
}
