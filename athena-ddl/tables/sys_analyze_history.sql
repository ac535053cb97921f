-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = transaction_id,table_id,start_time
--   redshift_query_logs.log_time = end_time
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_analyze_history (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `transaction_id` bigint,
  `database_name` string,
  `schema_name` string,
  `table_name` string,
  `table_id` bigint,
  `is_automatic` string,
  `status` string,
  `start_time` timestamp,
  `end_time` timestamp,
  `rows` double,
  `modified_rows` double,
  `analyze_threshold_percent` int,
  `last_analyze_time` timestamp
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_analyze_history/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
