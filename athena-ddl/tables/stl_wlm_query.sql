-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = task,query,service_class,service_class_start_time
--   redshift_query_logs.log_time = service_class_end_time
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.stl_wlm_query (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `xid` bigint,
  `task` int,
  `query` bigint,
  `service_class` int,
  `slot_count` int,
  `service_class_start_time` timestamp,
  `queue_start_time` timestamp,
  `queue_end_time` timestamp,
  `total_queue_time` bigint,
  `exec_start_time` timestamp,
  `exec_end_time` timestamp,
  `total_exec_time` bigint,
  `service_class_end_time` timestamp,
  `final_state` string,
  `est_peak_mem` bigint,
  `query_priority` string,
  `service_class_name` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_wlm_query/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
