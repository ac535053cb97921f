-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = userid,query,slice,recordtime,http_method,key,start_time
--   redshift_query_logs.log_time = recordtime
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.stl_s3client (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `query` bigint,
  `slice` int,
  `recordtime` timestamp,
  `pid` int,
  `http_method` string,
  `bucket` string,
  `key` string,
  `transfer_size` bigint,
  `data_size` bigint,
  `start_time` bigint,
  `end_time` bigint,
  `transfer_time` bigint,
  `compression_time` bigint,
  `connect_time` bigint,
  `app_connect_time` bigint,
  `retries` bigint,
  `request_id` string,
  `extended_request_id` string,
  `ip_address` string,
  `is_partial` int,
  `start_offset` bigint,
  `query_uuid` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_s3client/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
