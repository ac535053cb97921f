-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = database_name,table_id
--   redshift_query_logs.log_time = snapshot
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.svv_table_info (
  `cluster_name` string,
  `log_time` timestamp,
  `database_name` string,
  `schema_name` string,
  `table_id` bigint,
  `table_name` string,
  `encoded` string,
  `diststyle` string,
  `sortkey1` string,
  `max_varchar` int,
  `sortkey1_enc` string,
  `sortkey_num` int,
  `size_mb` bigint,
  `pct_used` double,
  `unsorted` double,
  `stats_off` double,
  `tbl_rows` bigint,
  `skew_sortkey1` double,
  `skew_rows` double,
  `estimated_visible_rows` bigint,
  `risk_event` string,
  `vacuum_sort_benefit` double,
  `create_time` timestamp
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/svv_table_info/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
