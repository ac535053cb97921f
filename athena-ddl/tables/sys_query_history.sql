-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = query_id,user_id,start_time
--   redshift_query_logs.log_time = final_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_query_history (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `query_id` bigint,
  `query_label` string,
  `transaction_id` bigint,
  `session_id` int,
  `database_name` string,
  `query_type` string,
  `status` string,
  `result_cache_hit` boolean,
  `start_time` timestamp,
  `end_time` timestamp,
  `elapsed_time` bigint,
  `queue_time` bigint,
  `execution_time` bigint,
  `error_message` string,
  `returned_rows` bigint,
  `returned_bytes` bigint,
  `query_text` string,
  `redshift_version` string,
  `usage_limit` string,
  `compute_type` string,
  `compile_time` bigint,
  `planning_time` bigint,
  `lock_wait_time` bigint,
  `service_class_id` int,
  `service_class_name` string,
  `query_priority` string,
  `short_query_accelerated` string,
  `user_query_hash` string,
  `generic_query_hash` string,
  `query_hash_version` int,
  `result_cache_query_id` int,
  `username` string,
  `query_uuid` string,
  `statement_kind` string,
  `target_database` string,
  `target_schema` string,
  `target_table` string,
  `query_shape` string,
  `statement_version` int
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_query_history/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
