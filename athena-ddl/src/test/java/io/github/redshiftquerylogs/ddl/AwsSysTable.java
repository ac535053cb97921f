package io.github.redshiftquerylogs.ddl;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sys_query_history} as Redshift publishes it to S3 Tables, created in Trino: columns that identify the warehouse,
 * then those of the view (https://docs.aws.amazon.com/redshift/latest/dg/SYS_QUERY_HISTORY.html). One namespace is of a single
 * workgroup, the other one of all warehouses of an account and Region. CHAR values are padded, because the documentation does
 * not exclude it.
 */
final class AwsSysTable {

    static final String WORKGROUP = "1a2b3c_sys";
    static final String ACCOUNT = "222_sys";

    private static final String COLUMNS = """
            warehouse_account_id varchar, warehouse_region_name varchar, warehouse_namespace_arn varchar,
            warehouse_name varchar, s3_tables_ingestion_time timestamp(6),
            user_id integer, query_id bigint, query_label varchar, transaction_id bigint, session_id integer,
            database_name varchar, query_type varchar, status varchar, result_cache_hit boolean,
            start_time timestamp(6), end_time timestamp(6), elapsed_time bigint, queue_time bigint,
            execution_time bigint, error_message varchar, returned_rows bigint, returned_bytes bigint,
            query_text varchar, redshift_version varchar, usage_limit varchar, compute_type varchar,
            compile_time bigint, planning_time bigint, lock_wait_time bigint, service_class_id integer,
            service_class_name varchar, query_priority varchar, short_query_accelerated varchar,
            user_query_hash varchar, generic_query_hash varchar, query_hash_version integer,
            result_cache_query_id integer, username varchar""";

    private AwsSysTable() {}

    /** The view over both namespaces, which Trino has as schemas of its only catalog. */
    static String view() {
        return PublishedHistory.in(
                        SqlFile.read(ModuleFiles.OPTIONAL_VIEWS.resolve("query_history_all.sql"))
                                .text(),
                        List.of(WORKGROUP, ACCOUNT))
                .replace("\"s3tablescatalog/aws-redshift\".", "");
    }

    static List<String> statements(LocalDate today) {
        List<String> statements = new ArrayList<>();
        for (String namespace : List.of(WORKGROUP, ACCOUNT)) {
            statements.add("CREATE SCHEMA \"" + namespace + '"');
            statements.add("CREATE TABLE \"" + namespace + "\".sys_query_history (" + COLUMNS
                    + ") WITH (location = 's3://lake/published/" + namespace + "/sys_query_history')");
        }
        String day = today.minusDays(2).toString();
        String workgroup = "'111', 'eu-central-1', 'serverless-1'";
        statements.add(insert(
                WORKGROUP, workgroup, 7001, 3001, day + " 08:00:00", day + " 08:00:05", 1, "success", "select 1"));
        statements.add(insert(
                WORKGROUP, workgroup, 7002, 3002, day + " 08:10:00", day + " 08:10:01", 0, "failed", "select 1 / 0"));
        statements.add(insert(
                WORKGROUP, workgroup, 7003, 3003, day + " 08:20:00", day + " 08:20:01", 0, "running", "select 2"));
        // of the cluster finance: a run that the lake has, the next one of its transaction, and one that the lake does
        // not have
        String finance = "'222', 'us-east-1', 'finance-1'";
        statements.add(insert(
                ACCOUNT, finance, 7101, 51, day + " 09:59:55", day + " 10:00:01", 0, "success", "select in both"));
        statements.add(
                insert(ACCOUNT, finance, 7102, 51, day + " 10:00:02", day + " 10:00:03", 0, "success", "select next"));
        statements.add(insert(
                ACCOUNT, finance, 7103, 52, day + " 09:59:55", day + " 10:00:01", 0, "canceled", "select alone"));
        // another warehouse of the account, whose identifier a cluster of another Region has
        statements.add(insert(
                ACCOUNT,
                "'222', 'eu-west-1', 'finance-1'",
                7104,
                51,
                day + " 09:59:55",
                day + " 10:00:01",
                0,
                "success",
                "select elsewhere"));
        return statements;
    }

    private static String insert(
            String namespace,
            String warehouse,
            int query,
            int transaction,
            String start,
            String end,
            int queued,
            String status,
            String text) {
        return ("INSERT INTO \"%s\".sys_query_history (warehouse_account_id, warehouse_region_name, warehouse_name, user_id,"
                        + " query_id, transaction_id, session_id, database_name, query_type, status, start_time, end_time,"
                        + " elapsed_time, queue_time, execution_time, query_text, username, compute_type)"
                        + " VALUES (%s, 100, %d, %d, 1073, 'dev   ', 'SELECT   ', '%-10s', timestamp '%s', timestamp '%s', 5000000,"
                        + " %d, 4000000, '%s  ', 'who  ', 'primary')")
                .formatted(namespace, warehouse, query, transaction, status, start, end, queued * 1_000_000, text);
    }
}
