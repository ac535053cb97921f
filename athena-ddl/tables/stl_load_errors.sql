-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = userid,query,slice,filename,line_number,colname,err_code,starttime
--   redshift_query_logs.log_time = query_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.stl_load_errors (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `slice` int,
  `tbl` bigint,
  `starttime` timestamp,
  `session` bigint,
  `query` bigint,
  `filename` string,
  `line_number` bigint,
  `colname` string,
  `type` string,
  `col_length` string,
  `position` int,
  `err_code` int,
  `err_reason` string,
  `is_partial` int,
  `start_offset` bigint,
  `copy_job_id` bigint
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_load_errors/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
