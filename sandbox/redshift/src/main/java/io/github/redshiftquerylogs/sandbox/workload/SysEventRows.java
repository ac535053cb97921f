package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.workload.SysLog.Versions;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one run in the SYS views of connections, transactions, loads, unloads, calls, maintenance and use of a
 * Serverless workgroup.
 *
 * @param run the run
 */
record SysEventRows(Execution run) {

    private static final List<String> SCHEMA = List.of("analytics", "mart", "revenue_by_day");

    /** Adds the rows; those of loads, unloads and vacuums change while they run. */
    void addTo(StatementLog log, Versions versions) {
        log.add("sys_connection_log", run.end(), connection());
        log.add("sys_transaction_history", run.end(), transaction());
        if (run.is("grant")) {
            log.add("sys_userlog", run.end(), user());
        }
        if (run.is("copy")) {
            versions.open(
                    "sys_load_history",
                    run.start().plusSeconds(1),
                    load("running", run.start().plusSeconds(1)));
            versions.whenFinal("sys_load_history", load(run.aborted() ? "aborted" : "completed", run.end()));
            versions.open(
                    "sys_load_detail",
                    run.start().plusSeconds(1),
                    file(run.start().plusSeconds(1)));
            versions.whenFinal("sys_load_detail", file(run.end()));
        }
        if (run.is("copy") && run.aborted()) {
            versions.whenFinal("sys_load_error_detail", loadError());
        }
        if (run.is("unload")) {
            versions.open(
                    "sys_unload_history",
                    run.start().plusSeconds(1),
                    unload("running", run.start().plusSeconds(1)));
            versions.whenFinal("sys_unload_history", unload("completed", run.end()));
        }
        if (run.is("call")) {
            versions.whenFinal("sys_procedure_call", call());
        }
        if (run.text().contains("spectrum.")) {
            versions.whenFinal("sys_external_query_detail", external());
        }
        if (run.is("refresh")) {
            log.add("sys_mv_refresh_history", run.end(), refresh());
        }
        if (run.is("vacuum")) {
            versions.open("sys_vacuum_history", run.start().plusSeconds(1), vacuum("Sort", null));
            versions.whenFinal("sys_vacuum_history", vacuum("Complete", run.end()));
        }
        if (run.is("analyze")) {
            log.add("sys_analyze_history", run.end(), analyze());
            log.add("sys_serverless_usage", run.end(), usage());
        }
    }

    private RowValues connection() {
        return new RowValues()
                .set("event", "disconnecting session")
                .set("record_time", run.end())
                .set("remote_host", "::ffff:10.0." + run.userid() % 250 + ".7")
                .set("remote_port", "50" + run.pid() % 1_000)
                .set("session_id", run.pid())
                .set("database_name", run.database())
                .set("user_name", "user_" + run.userid())
                .set("auth_method", "password")
                .set("duration", (int) Math.min(Integer.MAX_VALUE, run.micros()))
                .set("ssl_version", "TLSv1.3")
                .set("ssl_cipher", "TLS_AES_256_GCM_SHA384")
                .set("mtu", 0)
                .set("ssl_compression", "")
                .set("ssl_expansion", "")
                .set("iam_auth_guid", "")
                .set("application_name", "psql")
                .set("driver_version", "Redshift JDBC 2.3.0")
                .set("os_version", "Linux 6.1 amd64")
                .set("plugin_name", "none")
                .set("protocol_version", 2)
                .set("global_session_id", run.uuid());
    }

    private RowValues transaction() {
        return new RowValues()
                .set("user_id", run.userid())
                .set("transaction_id", run.xid())
                .set("isolation_level", "Snapshot Isolation")
                .set("status", run.aborted() ? "rolledback" : "committed")
                .set("transaction_start_time", run.start())
                .set(
                        "commit_start_time",
                        run.aborted() ? ShapeWriter.SENTINEL : run.end().minus(900, ChronoUnit.MICROS))
                .set("commit_end_time", run.end())
                .set("blocks_committed", run.micros() % 90)
                .set("undo_transaction_id", run.aborted() ? run.xid() : -1L);
    }

    private RowValues user() {
        return new RowValues()
                .set("user_id", 120)
                .set("user_name", "analyst")
                .set("original_user_name", "")
                .set("action", "alter")
                .set("has_create_db_privs", 0)
                .set("is_superuser", 0)
                .set("has_update_catalog_privs", 0)
                .set("password_expiration", null)
                .set("session_id", run.pid())
                .set("transaction_id", run.xid())
                .set("record_time", run.end());
    }

    private RowValues load(String status, LocalDateTime until) {
        boolean done = status.equals("completed");
        return statement()
                .set("status", status)
                .set("table_name", "stage_orders")
                .set("start_time", run.start())
                .set("end_time", until)
                .set("duration", ChronoUnit.MICROS.between(run.start(), until))
                .set("data_source", "s3://landing/orders/")
                .set("file_format", "csv")
                .set("loaded_rows", done ? 12_345L : 0L)
                .set("loaded_bytes", done ? 1_234_500L : 0L)
                .set("source_file_count", 1)
                .set("source_file_bytes", 1_234_500L)
                .set("file_count_scanned", done ? 1 : 0)
                .set("file_bytes_scanned", done ? 1_234_500L : 0L)
                .set("error_count", run.aborted() ? 1L : 0L)
                .set("copy_job_id", 0L);
    }

    private RowValues file(LocalDateTime until) {
        return new RowValues()
                .set("user_id", run.userid())
                .set("query_id", run.id())
                .set("file_name", "s3://landing/orders/part-0.csv")
                .set("bytes_scanned", 1_234_500)
                .set("lines_scanned", 12_345)
                .set("record_time", until)
                .set("splits_scanned", 1)
                .set("start_time", run.start())
                .set("end_time", until)
                .set("file_etag", run.uuid())
                .set("file_last_modified", run.start().minusHours(1));
    }

    private RowValues loadError() {
        return statement()
                .set("table_id", 100_106)
                .set("start_time", run.start())
                .set("file_name", "s3://landing/clicks/part-0.json")
                .set("line_number", 17L)
                .set("column_name", "url")
                .set("column_type", "varchar")
                .set("column_length", "256")
                .set("position", 3)
                .set("error_code", 1204)
                .set("error_message", "String length exceeds DDL length");
    }

    private RowValues unload(String status, LocalDateTime until) {
        return statement()
                .set("status", status)
                .set("start_time", run.start())
                .set("end_time", until)
                .set("duration", ChronoUnit.MICROS.between(run.start(), until))
                .set("file_format", "text")
                .set("compression_type", "none")
                .set("unloaded_location", "s3://reports/sales_")
                .set("unloaded_rows", 4_321L)
                .set("unloaded_files_count", 2L)
                .set("unloaded_files_size", 98_765L)
                .set("error_message", "");
    }

    /** What the rows of loads and unloads begin with. */
    private RowValues statement() {
        return new RowValues()
                .set("user_id", run.userid())
                .set("query_id", run.id())
                .set("transaction_id", run.xid())
                .set("session_id", run.pid())
                .set("database_name", run.database());
    }

    private RowValues call() {
        return new RowValues()
                .set("session_user_id", run.userid())
                .set("security_user_id", run.userid())
                .set("query_id", run.id())
                .set("query_text", run.text())
                .set("start_time", run.start())
                .set("end_time", run.end())
                .set("status", "success")
                .set("caller_procedure_query_id", null)
                .set("query_uuid", run.uuid());
    }

    private RowValues external() {
        return new RowValues()
                .set("user_id", run.userid())
                .set("query_id", run.id())
                .set("transaction_id", run.xid())
                .set("child_query_sequence", 0)
                .set("segment_id", 1)
                .set("source_type", "S3")
                .set("start_time", run.start())
                .set("end_time", run.end())
                .set("duration", run.micros())
                .set("total_partitions", 365)
                .set("qualified_partitions", 1)
                .set("scanned_files", 12L)
                .set("returned_rows", 1_000_000L)
                .set("returned_bytes", 88_000_000L)
                .set("file_format", "Parquet")
                .set("file_location", "s3://clicks/")
                .set("external_query_text", "")
                .set("warning_message", "")
                .set("table_name", "awsdatacatalog.spectrum.clicks")
                .set("is_recursive", "f")
                .set("is_nested", "f")
                .set("s3list_time", 31L)
                .set("get_partition_time", 12_000L)
                .set("query_uuid", run.uuid());
    }

    private RowValues refresh() {
        return new RowValues()
                .set("user_id", run.userid())
                .set("session_id", run.pid())
                .set("transaction_id", run.xid())
                .set("database_name", SCHEMA.get(0))
                .set("schema_name", SCHEMA.get(1))
                .set("mv_id", 200_001L)
                .set("mv_name", SCHEMA.get(2))
                .set("refresh_type", "Manual")
                .set("status", "Refresh successfully updated MV incrementally")
                .set("start_time", run.start())
                .set("end_time", run.end())
                .set("duration", run.micros())
                .set("consumer_account", "")
                .set("consumer_region", "")
                .set("consumer_namespace", "");
    }

    private RowValues vacuum(String status, @Nullable LocalDateTime end) {
        return new RowValues()
                .set("user_id", run.userid())
                .set("transaction_id", run.xid())
                .set("query_id", run.id())
                .set("database_name", run.database())
                .set("schema_name", "public")
                .set("table_name", "orders")
                .set("table_id", 100_107)
                .set("vacuum_type", "Sort")
                .set("is_automatic", false)
                .set("status", status)
                .set("start_time", run.start())
                .set("end_time", end)
                .set("record_time", end == null ? run.start() : end)
                .set("duration", end == null ? null : (int) run.micros())
                .set("rows_before_vacuum", 5_000_000L)
                .set("size_before_vacuum", 220)
                .set("reclaimable_rows", 0L)
                .set("reclaimed_rows", 0L)
                .set("reclaimed_blocks", 0L)
                .set("sortedrows_before_vacuum", 4_000_000)
                .set("sortedrows_after_vacuum", end == null ? 0 : 1_000_000);
    }

    private RowValues analyze() {
        return new RowValues()
                .set("user_id", run.userid())
                .set("transaction_id", run.xid())
                .set("database_name", run.database())
                .set("schema_name", "public")
                .set("table_name", "orders")
                .set("table_id", 100_107)
                .set("is_automatic", "f")
                .set("status", "Full")
                .set("start_time", run.start())
                .set("end_time", run.end())
                .set("rows", 5_000_000.0)
                .set("modified_rows", 1_250.5)
                .set("analyze_threshold_percent", 10)
                .set("last_analyze_time", ShapeWriter.SENTINEL);
    }

    private RowValues usage() {
        return new RowValues()
                .set("start_time", run.end().minusMinutes(1))
                .set("end_time", run.end())
                .set("compute_seconds", 480.0)
                .set("compute_capacity", 8.0)
                .set("data_storage", 12_345L)
                .set("cross_region_transferred_data", 0L)
                .set("charged_seconds", 480L)
                .set("charged_extra_compute_for_automatic_optimization_seconds", 0L);
    }
}
