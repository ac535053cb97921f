-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = query_id,child_query_sequence,stream_id,segment_id,step_id,metrics_level
--   redshift_query_logs.log_time = query_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_query_detail (
  `cluster_name` string,
  `log_time` timestamp,
  `user_id` int,
  `query_id` bigint,
  `child_query_sequence` int,
  `stream_id` int,
  `segment_id` int,
  `step_id` int,
  `step_name` string,
  `table_id` bigint,
  `table_name` string,
  `is_rrscan` string,
  `start_time` timestamp,
  `end_time` timestamp,
  `duration` bigint,
  `alert` string,
  `input_bytes` bigint,
  `input_rows` bigint,
  `output_bytes` bigint,
  `output_rows` bigint,
  `blocks_read` bigint,
  `blocks_write` bigint,
  `local_read_io` bigint,
  `remote_read_io` bigint,
  `source` string,
  `data_skewness` int,
  `time_skewness` int,
  `is_active` string,
  `spilled_block_local_disk` bigint,
  `spilled_block_remote_disk` bigint,
  `step_attribute` string,
  `metrics_level` string,
  `plan_parent_id` int,
  `plan_node_id` int,
  `query_uuid` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_query_detail/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
