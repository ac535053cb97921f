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
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_load_history (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `query_id` bigint,
  `transaction_id` bigint,
  `session_id` int,
  `database_name` string,
  `status` string,
  `table_name` string,
  `start_time` timestamp,
  `end_time` timestamp,
  `duration` bigint,
  `data_source` string,
  `file_format` string,
  `loaded_rows` bigint,
  `loaded_bytes` bigint,
  `source_file_count` int,
  `source_file_bytes` bigint,
  `file_count_scanned` int,
  `file_bytes_scanned` bigint,
  `error_count` bigint,
  `copy_job_id` bigint
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_load_history/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
