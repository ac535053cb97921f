-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = userid,query,segment,step,external_table_name,starttime
--   redshift_query_logs.log_time = query_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.svl_s3query_summary (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `query` bigint,
  `xid` bigint,
  `pid` int,
  `segment` int,
  `step` int,
  `starttime` timestamp,
  `endtime` timestamp,
  `elapsed` bigint,
  `aborted` int,
  `external_table_name` string,
  `file_format` string,
  `is_partitioned` string,
  `is_rrscan` string,
  `is_nested` string,
  `s3_scanned_rows` bigint,
  `s3_scanned_bytes` bigint,
  `s3query_returned_rows` bigint,
  `s3query_returned_bytes` bigint,
  `files` int,
  `files_max` int,
  `files_avg` int,
  `splits` int,
  `splits_max` int,
  `splits_avg` int,
  `total_split_size` bigint,
  `max_split_size` bigint,
  `avg_split_size` bigint,
  `total_retries` int,
  `max_retries` int,
  `max_request_duration` int,
  `avg_request_duration` double,
  `max_request_parallelism` int,
  `avg_request_parallelism` double,
  `total_slowdown_count` bigint,
  `max_slowdown_count` int
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/svl_s3query_summary/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
