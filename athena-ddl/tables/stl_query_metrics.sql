-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = userid,query,service_class,segment,step_type,step
--   redshift_query_logs.log_time = query_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.stl_query_metrics (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `service_class` int,
  `query` bigint,
  `segment` int,
  `step_type` int,
  `starttime` timestamp,
  `slices` int,
  `max_rows` bigint,
  `rows` bigint,
  `max_cpu_time` bigint,
  `cpu_time` bigint,
  `max_blocks_read` int,
  `blocks_read` bigint,
  `max_run_time` bigint,
  `run_time` bigint,
  `max_blocks_to_disk` bigint,
  `blocks_to_disk` bigint,
  `step` int,
  `max_query_scan_size` bigint,
  `query_scan_size` bigint,
  `query_priority` int,
  `query_queue_time` bigint,
  `service_class_name` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_query_metrics/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
