-- Generated from the job's table definition; do not edit, run make ddl.
-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones when it
-- opens the table for the first time, while the table is empty:
--   commit.retry.num-retries = 20
--   redshift_query_logs.key = session_id,event,record_time,remote_port
--   redshift_query_logs.log_time = record_time
--   write.metadata.compression-codec = gzip
--   write.metadata.delete-after-commit.enabled = true
--   write.metadata.metrics.column.cluster_name = full
--   write.metadata.metrics.column.log_time = full
CREATE TABLE IF NOT EXISTS redshift_query_logs_db.sys_connection_log (
  `cluster_name` string,
  `log_time` timestamp,
  `event` string,
  `record_time` timestamp,
  `remote_host` string,
  `remote_port` string,
  `session_id` int,
  `database_name` string,
  `user_name` string,
  `auth_method` string,
  `duration` int,
  `ssl_version` string,
  `ssl_cipher` string,
  `mtu` int,
  `ssl_compression` string,
  `ssl_expansion` string,
  `iam_auth_guid` string,
  `application_name` string,
  `driver_version` string,
  `os_version` string,
  `plugin_name` string,
  `protocol_version` int,
  `global_session_id` string
)
PARTITIONED BY (cluster_name, day(log_time))
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/sys_connection_log/'
TBLPROPERTIES (
  'table_type' = 'ICEBERG',
  'format' = 'parquet',
  'vacuum_max_metadata_files_to_keep' = '20',
  'write_compression' = 'zstd'
)
