package io.github.redshiftquerylogs.querydays;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/** The exports that the queries of a day are summarised from, with the columns that are read and the days around it. */
enum QueryDayInput {
    STL_QUERY(
            "userid int, query bigint, xid bigint, pid int, database string, querytxt string, starttime timestamp_ntz,"
                    + " endtime timestamp_ntz, aborted int, statement_kind string, query_shape string,"
                    + " statement_version int"),
    /** A queue is left around the end of the query, which may be on another day. */
    STL_WLM_QUERY(
            "query bigint, xid bigint, total_queue_time bigint, service_class int, service_class_name string", 1, 1),
    STL_SCAN("query bigint, type int, rows_pre_filter bigint, bytes bigint, perm_table_name string"),
    STL_EXPLAIN("query bigint, nodeid int, parentid int, plannode string"),
    STL_ALERT_EVENT_LOG("query bigint, event string"),
    /** A session begins days before its queries. */
    STL_CONNECTION_LOG("pid int, event string, application_name string", 8, 0),
    STL_QUERY_METRICS("query bigint, segment int, step_type int, blocks_to_disk bigint"),
    SVL_COMPILE("query bigint, compile int, starttime timestamp_ntz, endtime timestamp_ntz"),
    SVL_QLOG("query bigint, source_query bigint"),
    /** A row of an unknown status is exported two days after the query. */
    SYS_QUERY_HISTORY(
            "query_id bigint, user_id int, transaction_id bigint, session_id int, database_name string, status string,"
                    + " result_cache_hit boolean, start_time timestamp_ntz, end_time timestamp_ntz, elapsed_time bigint,"
                    + " queue_time bigint, compile_time bigint, query_text string, service_class_name string,"
                    + " statement_kind string, query_shape string, statement_version int",
            0,
            3),
    SYS_QUERY_DETAIL(
            "query_id bigint, step_name string, table_id bigint, alert string, input_bytes bigint, input_rows bigint,"
                    + " spilled_block_local_disk bigint, spilled_block_remote_disk bigint, metrics_level string"),
    SYS_QUERY_EXPLAIN(
            "query_id bigint, child_query_sequence int, plan_node_id int, plan_parent_id int, plan_node string"),
    SYS_CONNECTION_LOG("session_id int, event string, application_name string", 8, 0);

    private static final Set<String> NAMES =
            Arrays.stream(values()).map(QueryDayInput::table).collect(Collectors.toSet());

    private final String columns;
    private final int daysBefore;
    private final int daysAfter;

    QueryDayInput(String columns) {
        this(columns, 0, 0);
    }

    QueryDayInput(String columns, int daysBefore, int daysAfter) {
        this.columns = columns;
        this.daysBefore = daysBefore;
        this.daysAfter = daysAfter;
    }

    /** Whether a table is an input. */
    static boolean isInput(String table) {
        return NAMES.contains(table);
    }

    /** The name of the export. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns that are read, {@code log_time} first. */
    StructType schema() {
        return StructType.fromDDL("log_time timestamp_ntz, " + columns);
    }

    int daysBefore() {
        return daysBefore;
    }

    int daysAfter() {
        return daysAfter;
    }
}
