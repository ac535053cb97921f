-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = start_time,end_time,queries,usage_in_seconds
--   redshift_query_logs.log_time = end_time
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.svcs_concurrency_scaling_usage (
  `cluster_name` string,
  `log_time` timestamp,
  `start_time` timestamp,
  `end_time` timestamp,
  `queries` bigint,
  `usage_in_seconds` bigint
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/svcs_concurrency_scaling_usage/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
