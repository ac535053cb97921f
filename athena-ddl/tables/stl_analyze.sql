-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = xid,table_id,starttime
--   redshift_query_logs.log_time = endtime
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.stl_analyze (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `xid` bigint,
  `database` string,
  `table_id` bigint,
  `status` string,
  `rows` double,
  `modified_rows` double,
  `threshold_percent` int,
  `is_auto` string,
  `starttime` timestamp,
  `endtime` timestamp,
  `prevtime` timestamp,
  `num_predicate_cols` int,
  `num_new_predicate_cols` int,
  `is_background` string,
  `auto_analyze_phase` string,
  `schema_name` string,
  `table_name` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_analyze/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
