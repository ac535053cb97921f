-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = query_id,file_name,line_number,column_name,position,error_code
--   redshift_query_logs.log_time = query_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_load_error_detail (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `query_id` bigint,
  `transaction_id` bigint,
  `session_id` int,
  `database_name` string,
  `table_id` bigint,
  `start_time` timestamp,
  `file_name` string,
  `line_number` bigint,
  `column_name` string,
  `column_type` string,
  `column_length` string,
  `position` int,
  `error_code` int,
  `error_message` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_load_error_detail/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
