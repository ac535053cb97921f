package io.github.redshiftquerylogs.ddl;

import java.time.LocalDate;
import java.util.List;

/**
 * {@code sys_query_history} as Redshift publishes it to S3 Tables, created in Trino: columns that identify the warehouse,
 * then those of the view (https://docs.aws.amazon.com/redshift/latest/dg/SYS_QUERY_HISTORY.html). CHAR values are padded,
 * because the documentation does not exclude it.
 */
final class AwsSysTable {

    static final String SCHEMA = "aws_sys";

    private AwsSysTable() {}

    static List<String> statements(LocalDate today) {
        String day = today.minusDays(2).toString();
        return List.of(
                "CREATE SCHEMA " + SCHEMA,
                """
                CREATE TABLE aws_sys.sys_query_history (
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
                  result_cache_query_id integer, username varchar)
                WITH (location = 's3://lake/aws_sys/sys_query_history')""",
                insert(7001, 3001, day + " 08:00:00", day + " 08:00:05", 5, 1, "success   ", "select 1"),
                insert(7002, 3002, day + " 08:10:00", day + " 08:10:01", 1, 0, "failed    ", "select 1 / 0"),
                insert(7003, 3003, day + " 08:20:00", day + " 08:20:01", 1, 0, "running   ", "select 2"));
    }

    private static String insert(
            int query, int transaction, String start, String end, int elapsed, int queued, String status, String text) {
        return ("INSERT INTO aws_sys.sys_query_history (warehouse_name, user_id, query_id, transaction_id, session_id,"
                        + " database_name, status, start_time, end_time, elapsed_time, queue_time, execution_time,"
                        + " query_text) VALUES ('serverless-1', 100, %d, %d, 1073, 'dev   ', '%s', timestamp '%s',"
                        + " timestamp '%s', %d, %d, %d, '%s  ')")
                .formatted(
                        query,
                        transaction,
                        status,
                        start,
                        end,
                        elapsed * 1_000_000,
                        queued * 1_000_000,
                        (elapsed - queued) * 1_000_000,
                        text);
    }
}
