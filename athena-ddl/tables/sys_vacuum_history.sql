-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = transaction_id,table_id,vacuum_type,start_time
--   redshift_query_logs.log_time = final_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_vacuum_history (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `transaction_id` bigint,
  `query_id` bigint,
  `database_name` string,
  `schema_name` string,
  `table_name` string,
  `table_id` bigint,
  `vacuum_type` string,
  `is_automatic` boolean,
  `status` string,
  `start_time` timestamp,
  `end_time` timestamp,
  `record_time` timestamp,
  `duration` int,
  `rows_before_vacuum` bigint,
  `size_before_vacuum` int,
  `reclaimable_rows` bigint,
  `reclaimed_rows` bigint,
  `reclaimed_blocks` bigint,
  `sortedrows_before_vacuum` int,
  `sortedrows_after_vacuum` int
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_vacuum_history/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
