-- Records of the job itself, not an exported table.
-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = day,revision,source,shape_id,shape_version,plan_id,userid,database,queue,application_name
--   redshift_query_logs.log_time = day
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.query_days (
  `cluster_name` string,
  `log_time` timestamp,
  `day` date,
  `revision` int,
  `seals` string,
  `seal_sequence` bigint,
  `is_total` boolean,
  `source` string,
  `shape_id` string,
  `shape_version` int,
  `plan_id` string,
  `userid` bigint,
  `database` string,
  `queue` string,
  `application_name` string,
  `statement_kind` string,
  `query_shape` string,
  `runs` bigint,
  `aborted` bigint,
  `failed` bigint,
  `cached` bigint,
  `timed_runs` bigint,
  `seconds` double,
  `max_seconds` double,
  `queue_seconds` double,
  `max_queue_seconds` double,
  `compile_seconds` double,
  `scanned_rows` bigint,
  `scanned_bytes` bigint,
  `spilled_mb` bigint,
  `first_run` timestamp,
  `last_run` timestamp,
  `example_query_id` bigint,
  `example_text` string,
  `run_id` string,
  `duration_buckets` map<int,bigint>,
  `alerts` map<string,bigint>
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/query_days/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
