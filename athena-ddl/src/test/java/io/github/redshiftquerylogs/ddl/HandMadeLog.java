package io.github.redshiftquerylogs.ddl;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Writes rows by hand into the system tables of a stand-in; columns that are not named are null. */
final class HandMadeLog {

    private final Connection admin;

    /** @param admin a connection of the stand-in's superuser; stays open */
    HandMadeLog(Connection admin) {
        this.admin = admin;
    }

    /** Adds a run of a query, with its text in stl_query. */
    Query query(int id, long xid, int user, LocalDateTime end, long seconds, String text) throws SQLException {
        return query(id, xid, user, end, seconds, text, 0, 0);
    }

    Query query(
            int id, long xid, int user, LocalDateTime end, long seconds, String text, int aborted, int scalingStatus)
            throws SQLException {
        LocalDateTime start = end.minusSeconds(seconds);
        row(
                "stl_query",
                "userid, query, label, xid, pid, database, querytxt, starttime, endtime, aborted, "
                        + "insert_pristine, concurrency_scaling_status",
                user,
                id,
                "default",
                xid,
                9000 + user,
                "dev",
                text,
                start,
                end,
                aborted,
                0,
                scalingStatus);
        return new Query(id, xid, user, start, end);
    }

    /** Adds a statement to stl_ddltext or stl_utilitytext, one row per fragment. */
    void statement(String table, long xid, int user, LocalDateTime end, String... fragments) throws SQLException {
        for (int i = 0; i < fragments.length; i++) {
            row(
                    table,
                    "userid, xid, pid, label, starttime, endtime, sequence, text",
                    user,
                    xid,
                    9000 + user,
                    "deploy",
                    end.minusSeconds(1),
                    end,
                    i,
                    fragments[i]);
        }
    }

    /** Adds an attempt in workload management that started to wait at {@code start}. */
    void attempt(
            int id,
            long xid,
            int user,
            int task,
            LocalDateTime start,
            int serviceClass,
            String className,
            int slots,
            long queued,
            long executed,
            String state)
            throws SQLException {
        LocalDateTime running = start.plusSeconds(queued);
        LocalDateTime end = running.plusSeconds(executed);
        row(
                "stl_wlm_query",
                "userid, xid, task, query, service_class, slot_count, service_class_start_time, "
                        + "queue_start_time, queue_end_time, total_queue_time, exec_start_time, "
                        + "exec_end_time, total_exec_time, service_class_end_time, final_state, "
                        + "est_peak_mem, query_priority, service_class_name",
                user,
                Math.toIntExact(xid),
                task,
                id,
                serviceClass,
                slots,
                start,
                start,
                running,
                queued * 1_000_000,
                running,
                end,
                executed * 1_000_000,
                end,
                state,
                1000L * id,
                "Normal",
                className);
    }

    /** Adds an undone transaction to stl_undone: a row for each of two tables. */
    void undo(long xid, LocalDateTime end) throws SQLException {
        for (int table = 1; table <= 2; table++) {
            row("stl_undone", "xact_id, table_id, undo_start_ts, undo_end_ts", xid, table, end.minusSeconds(1), end);
        }
    }

    private void row(String table, String columns, @Nullable Object... values) throws SQLException {
        String sql = "insert into " + table + " (" + columns + ") values ("
                + String.join(", ", Collections.nCopies(values.length, "?")) + ")";
        try (PreparedStatement insert = admin.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    /** A query that ran; its methods add its rows in other tables. */
    final class Query {
        private final int id;
        private final long xid;
        private final int user;
        private final LocalDateTime start;
        private final LocalDateTime end;

        private Query(int id, long xid, int user, LocalDateTime start, LocalDateTime end) {
            this.id = id;
            this.xid = xid;
            this.user = user;
            this.start = start;
            this.end = end;
        }

        Query text(String... fragments) throws SQLException {
            for (int i = 0; i < fragments.length; i++) {
                row(
                        "stl_querytext",
                        "userid, xid, pid, query, sequence, text",
                        user,
                        xid,
                        9000 + user,
                        id,
                        i,
                        fragments[i]);
            }
            return this;
        }

        /** Adds plan nodes from the root down, each the parent of the next. */
        Query plan(String... nodesAndInfos) throws SQLException {
            for (int i = 0; i < nodesAndInfos.length; i += 2) {
                planNode(i / 2 + 1, i / 2, nodesAndInfos[i], nodesAndInfos[i + 1]);
            }
            return this;
        }

        Query planNode(int node, int parent, String text, String info) throws SQLException {
            row("stl_explain", "userid, query, nodeid, parentid, plannode, info", user, id, node, parent, text, info);
            return this;
        }

        /** Adds a scan step of a permanent table, with 24 bytes per row that is kept. */
        Query scan(int slice, int segment, int tableId, String table, long read, long withoutGhosts, long kept)
                throws SQLException {
            return scan(2, slice, segment, tableId, table, read, withoutGhosts, kept, "f");
        }

        Query scan(
                int type,
                int slice,
                int segment,
                int tableId,
                String table,
                long read,
                long withoutGhosts,
                long kept,
                String rangeRestricted)
                throws SQLException {
            row(
                    "stl_scan",
                    "userid, query, slice, segment, step, tasknum, starttime, endtime, rows, bytes, "
                            + "type, tbl, is_rrscan, rows_pre_filter, rows_pre_user_filter, perm_table_name",
                    user,
                    id,
                    slice,
                    segment,
                    0,
                    slice,
                    start,
                    end,
                    kept,
                    kept * 24,
                    type,
                    tableId,
                    rangeRestricted,
                    read,
                    withoutGhosts,
                    table);
            return this;
        }

        Query alert(int slice, int segment, String event, String solution) throws SQLException {
            row(
                    "stl_alert_event_log",
                    "userid, query, slice, segment, step, pid, xid, event, solution, event_time",
                    user,
                    id,
                    slice,
                    segment,
                    0,
                    9000 + user,
                    xid,
                    event,
                    solution,
                    start);
            return this;
        }

        /** Adds its last attempt, which starts and ends with the query. */
        Query attempt(int task, int serviceClass, String className, int slots, long queued, String state)
                throws SQLException {
            HandMadeLog.this.attempt(
                    id,
                    xid,
                    user,
                    task,
                    start,
                    serviceClass,
                    className,
                    slots,
                    queued,
                    ChronoUnit.SECONDS.between(start, end) - queued,
                    state);
            return this;
        }
    }
}
