-- Records of the job itself, not an exported table.
-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = sequence
--   redshift_query_logs.log_time = sealed
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sealed_days (
  `cluster_name` string,
  `log_time` timestamp,
  `table_name` string,
  `day` date,
  `revision` int,
  `state` string,
  `source_rows` bigint,
  `lake_rows` bigint,
  `late_rows` bigint,
  `latest_seconds` bigint,
  `moved_rows` bigint,
  `changed_keys` bigint,
  `checksum` string,
  `first_log_time` timestamp,
  `last_log_time` timestamp,
  `run_id` string,
  `sequence` bigint,
  `previous_head` string,
  `head` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sealed_days/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
