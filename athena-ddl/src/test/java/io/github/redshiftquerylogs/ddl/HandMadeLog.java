package io.github.redshiftquerylogs.ddl;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows by hand into the system tables of a stand-in; columns that are not named are null. */
final class HandMadeLog {

    private final Connection admin;

    /** @param admin a connection of the stand-in's superuser; stays open */
    HandMadeLog(Connection admin) {
        this.admin = admin;
    }

    /** A run of a query with the text that stl_query has of it. */
    Query query(int id, long xid, int user, LocalDateTime end, long seconds, String text) throws SQLException {
        return query(id, xid, user, end, seconds, text, 0, 0);
    }

    Query query(
            int id, long xid, int user, LocalDateTime end, long seconds, String text, int aborted, int scalingStatus)
            throws SQLException {
        LocalDateTime start = end.minusSeconds(seconds);
        row(
                "stl_query",
                columns(
                        "userid",
                        user,
                        "query",
                        id,
                        "label",
                        "default",
                        "xid",
                        xid,
                        "pid",
                        9000 + user,
                        "database",
                        "dev",
                        "querytxt",
                        text,
                        "starttime",
                        start,
                        "endtime",
                        end,
                        "aborted",
                        aborted,
                        "insert_pristine",
                        0,
                        "concurrency_scaling_status",
                        scalingStatus));
        return new Query(id, xid, user, start, end);
    }

    /** A statement of stl_ddltext or stl_utilitytext, in fragments. */
    void statement(String table, long xid, int user, LocalDateTime end, String... fragments) throws SQLException {
        for (int i = 0; i < fragments.length; i++) {
            row(
                    table,
                    columns(
                            "userid",
                            user,
                            "xid",
                            xid,
                            "pid",
                            9000 + user,
                            "label",
                            "deploy",
                            "starttime",
                            end.minusSeconds(1),
                            "endtime",
                            end,
                            "sequence",
                            i,
                            "text",
                            fragments[i]));
        }
    }

    /** An attempt in workload management that began to wait at {@code start}. */
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
                columns(
                        "userid",
                        user,
                        "xid",
                        Math.toIntExact(xid),
                        "task",
                        task,
                        "query",
                        id,
                        "service_class",
                        serviceClass,
                        "slot_count",
                        slots,
                        "service_class_start_time",
                        start,
                        "queue_start_time",
                        start,
                        "queue_end_time",
                        running,
                        "total_queue_time",
                        queued * 1_000_000,
                        "exec_start_time",
                        running,
                        "exec_end_time",
                        end,
                        "total_exec_time",
                        executed * 1_000_000,
                        "service_class_end_time",
                        end,
                        "final_state",
                        state,
                        "est_peak_mem",
                        1000L * id,
                        "query_priority",
                        "Normal",
                        "service_class_name",
                        className));
    }

    private static Map<String, @Nullable Object> columns(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            columns.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return columns;
    }

    private void row(String table, Map<String, @Nullable Object> columns) throws SQLException {
        String sql = "insert into " + table + " (" + String.join(", ", columns.keySet()) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (PreparedStatement insert = admin.prepareStatement(sql)) {
            int i = 1;
            for (Object value : columns.values()) {
                insert.setObject(i++, value);
            }
            insert.executeUpdate();
        }
    }

    /** A query that ran; what else the tables have of it is added here. */
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
                        columns(
                                "userid",
                                user,
                                "xid",
                                xid,
                                "pid",
                                9000 + user,
                                "query",
                                id,
                                "sequence",
                                i,
                                "text",
                                fragments[i]));
            }
            return this;
        }

        /** Nodes from the root on, each the parent of the next. */
        Query plan(String... nodesAndInfos) throws SQLException {
            for (int i = 0; i < nodesAndInfos.length; i += 2) {
                planNode(i / 2 + 1, i / 2, nodesAndInfos[i], nodesAndInfos[i + 1]);
            }
            return this;
        }

        Query planNode(int node, int parent, String text, String info) throws SQLException {
            row(
                    "stl_explain",
                    columns(
                            "userid",
                            user,
                            "query",
                            id,
                            "nodeid",
                            node,
                            "parentid",
                            parent,
                            "plannode",
                            text,
                            "info",
                            info));
            return this;
        }

        /** A scan step of a permanent table, 24 bytes a row that is kept. */
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
                    columns(
                            "userid",
                            user,
                            "query",
                            id,
                            "slice",
                            slice,
                            "segment",
                            segment,
                            "step",
                            0,
                            "tasknum",
                            slice,
                            "starttime",
                            start,
                            "endtime",
                            end,
                            "rows",
                            kept,
                            "bytes",
                            kept * 24,
                            "type",
                            type,
                            "tbl",
                            tableId,
                            "is_rrscan",
                            rangeRestricted,
                            "rows_pre_filter",
                            read,
                            "rows_pre_user_filter",
                            withoutGhosts,
                            "perm_table_name",
                            table));
            return this;
        }

        Query alert(int slice, int segment, String event, String solution) throws SQLException {
            row(
                    "stl_alert_event_log",
                    columns(
                            "userid",
                            user,
                            "query",
                            id,
                            "slice",
                            slice,
                            "segment",
                            segment,
                            "step",
                            0,
                            "pid",
                            9000 + user,
                            "xid",
                            xid,
                            "event",
                            event,
                            "solution",
                            solution,
                            "event_time",
                            start));
            return this;
        }

        /** Its last attempt, which began as the query did and ended with it. */
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
