-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = transaction_id,database_name,schema_name,mv_name,start_time
--   redshift_query_logs.log_time = end_time
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_mv_refresh_history (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `session_id` int,
  `transaction_id` bigint,
  `database_name` string,
  `schema_name` string,
  `mv_id` bigint,
  `mv_name` string,
  `refresh_type` string,
  `status` string,
  `start_time` timestamp,
  `end_time` timestamp,
  `duration` bigint,
  `consumer_account` string,
  `consumer_region` string,
  `consumer_namespace` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_mv_refresh_history/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
