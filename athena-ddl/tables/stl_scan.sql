-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = userid,query,slice,segment,step,tasknum,starttime
--   redshift_query_logs.log_time = query_end
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.stl_scan (
  `cluster_name` string,
  `log_time` timestamp,
  `userid` int,
  `query` bigint,
  `slice` int,
  `segment` int,
  `step` int,
  `starttime` timestamp,
  `endtime` timestamp,
  `tasknum` int,
  `rows` bigint,
  `bytes` bigint,
  `fetches` bigint,
  `type` int,
  `tbl` bigint,
  `is_rrscan` string,
  `is_delayed_scan` string,
  `rows_pre_filter` bigint,
  `rows_pre_user_filter` bigint,
  `perm_table_name` string,
  `is_rlf_scan` string,
  `is_rlf_scan_reason` int,
  `num_em_blocks` int,
  `checksum` bigint,
  `runtime_filtering` string,
  `scan_region` int,
  `num_sortkey_as_predicate` int,
  `row_fetcher_state` int,
  `consumed_scan_ranges` bigint,
  `work_stealing_reason` bigint,
  `is_vectorized_scan` string,
  `is_vectorized_scan_reason` int,
  `row_fetcher_reason` bigint,
  `topology_signature` bigint,
  `use_tpm_partition` string,
  `is_rrscan_expr` string,
  `scanned_mega_value` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_scan/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
