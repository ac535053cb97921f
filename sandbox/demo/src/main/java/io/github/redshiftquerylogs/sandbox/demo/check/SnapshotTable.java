package io.github.redshiftquerylogs.sandbox.demo.check;

import java.time.Duration;
import java.util.List;

/**
 * A snapshot of names or states, and the statement by which the cluster shows the same rows with the lake's names of
 * columns. Independent of the exporter's declarations.
 *
 * @param name its table in the lake
 * @param perDatabase whether it is taken in each database
 * @param sql the statement
 */
record SnapshotTable(String name, boolean perDatabase, String sql) {

    static final Duration EVERY = Duration.ofDays(1);
    static final String DATABASE = "database_name";

    static final List<SnapshotTable> NAMES = List.of(
            new SnapshotTable("pg_user", false, "select usesysid, usename, usecreatedb, usesuper from pg_user"),
            new SnapshotTable(
                    "pg_database",
                    false,
                    "select oid as datid, datname, datdba from pg_database where not datistemplate"),
            new SnapshotTable(
                    "pg_class",
                    true,
                    "select current_database() as database_name, c.oid as relid, relnamespace as schema_id,"
                            + " nspname as schema_name, relname, relowner, relkind"
                            + " from pg_namespace n join pg_class c on relnamespace = n.oid"
                            + " where nspname !~ '^pg_' and nspname <> 'information_schema'"
                            + " and (relkind = 'r' or relkind = 'v' or relkind = 'm')"));

    static final List<SnapshotTable> STATES = List.of(
            new SnapshotTable(
                    "svv_table_info",
                    true,
                    "select database as database_name, schema as schema_name, table_id, \"table\" as table_name,"
                            + " encoded, diststyle, sortkey1, max_varchar, sortkey1_enc, sortkey_num, size as size_mb,"
                            + " pct_used, unsorted, stats_off, tbl_rows, skew_sortkey1, skew_rows,"
                            + " estimated_visible_rows, risk_event, vacuum_sort_benefit, create_time"
                            + " from svv_table_info"),
            all("stv_wlm_service_class_config"),
            all("stv_wlm_qmr_config"),
            all("stv_wlm_classification_config"));

    private static SnapshotTable all(String name) {
        return new SnapshotTable(name, false, "select * from " + name);
    }
}
