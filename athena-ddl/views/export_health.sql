-- title: Health of the export
-- about: one row per cluster, table and day: the number of rows in the lake, the newest log_time, and the daily count of source and lake; and one without a day per export that a cluster selects and cannot read
-- Generated from the exported tables; do not edit, run make ddl.
-- Filter by day, so that only those days are read. A cluster without rows for today is late or idle. WHERE day IS NULL
-- gives the exports that cannot be read: state is refused or broken, with what is expected as reason, or absent.
-- Of own exports, whose tables no release knows, it has the days that the job has recorded in the last 35 days.
-- source_rows and lake_rows are those of the last count, at counted_at; null if the day was not counted, or more
-- than 35 days ago: the table row_counts has all of them. More rows in the source are missing in the lake.
CREATE OR REPLACE VIEW export_health AS
SELECT
  cluster_name,
  table_name,
  day,
  coalesce(sum(rows_here), max_by(rows_recorded, recorded_at), 0) AS row_count,
  max(newest) AS newest,
  max(counted_at) AS counted_at,
  max_by(source_rows, counted_at) AS source_rows,
  max_by(lake_rows, counted_at) AS lake_rows,
  max_by(differing_hours, counted_at) AS differing_hours,
  'exported' AS state,
  CAST(NULL AS varchar) AS reason
FROM (
  SELECT
    cluster_name,
    table_name,
    CAST(log_time AS date) AS day,
    log_time AS newest,
    BIGINT '1' AS rows_here,
    CAST(NULL AS timestamp) AS recorded_at,
    CAST(NULL AS bigint) AS rows_recorded,
    CAST(NULL AS timestamp) AS counted_at,
    CAST(NULL AS bigint) AS source_rows,
    CAST(NULL AS bigint) AS lake_rows,
    CAST(NULL AS bigint) AS differing_hours
  FROM (
    SELECT cluster_name, 'stl_alert_event_log' AS table_name, log_time FROM stl_alert_event_log
    UNION ALL
    SELECT cluster_name, 'stl_analyze' AS table_name, log_time FROM stl_analyze
    UNION ALL
    SELECT cluster_name, 'stl_commit_stats' AS table_name, log_time FROM stl_commit_stats
    UNION ALL
    SELECT cluster_name, 'stl_connection_log' AS table_name, log_time FROM stl_connection_log
    UNION ALL
    SELECT cluster_name, 'stl_ddltext' AS table_name, log_time FROM stl_ddltext
    UNION ALL
    SELECT cluster_name, 'stl_delete' AS table_name, log_time FROM stl_delete
    UNION ALL
    SELECT cluster_name, 'stl_error' AS table_name, log_time FROM stl_error
    UNION ALL
    SELECT cluster_name, 'stl_explain' AS table_name, log_time FROM stl_explain
    UNION ALL
    SELECT cluster_name, 'stl_insert' AS table_name, log_time FROM stl_insert
    UNION ALL
    SELECT cluster_name, 'stl_load_commits' AS table_name, log_time FROM stl_load_commits
    UNION ALL
    SELECT cluster_name, 'stl_load_errors' AS table_name, log_time FROM stl_load_errors
    UNION ALL
    SELECT cluster_name, 'stl_query' AS table_name, log_time FROM stl_query
    UNION ALL
    SELECT cluster_name, 'stl_query_metrics' AS table_name, log_time FROM stl_query_metrics
    UNION ALL
    SELECT cluster_name, 'stl_querytext' AS table_name, log_time FROM stl_querytext
    UNION ALL
    SELECT cluster_name, 'stl_s3client' AS table_name, log_time FROM stl_s3client
    UNION ALL
    SELECT cluster_name, 'stl_scan' AS table_name, log_time FROM stl_scan
    UNION ALL
    SELECT cluster_name, 'stl_tr_conflict' AS table_name, log_time FROM stl_tr_conflict
    UNION ALL
    SELECT cluster_name, 'stl_userlog' AS table_name, log_time FROM stl_userlog
    UNION ALL
    SELECT cluster_name, 'stl_utilitytext' AS table_name, log_time FROM stl_utilitytext
    UNION ALL
    SELECT cluster_name, 'stl_vacuum' AS table_name, log_time FROM stl_vacuum
    UNION ALL
    SELECT cluster_name, 'stl_wlm_query' AS table_name, log_time FROM stl_wlm_query
    UNION ALL
    SELECT cluster_name, 'stl_wlm_rule_action' AS table_name, log_time FROM stl_wlm_rule_action
    UNION ALL
    SELECT cluster_name, 'svcs_concurrency_scaling_usage' AS table_name, log_time FROM svcs_concurrency_scaling_usage
    UNION ALL
    SELECT cluster_name, 'svl_compile' AS table_name, log_time FROM svl_compile
    UNION ALL
    SELECT cluster_name, 'svl_qlog' AS table_name, log_time FROM svl_qlog
    UNION ALL
    SELECT cluster_name, 'svl_query_summary' AS table_name, log_time FROM svl_query_summary
    UNION ALL
    SELECT cluster_name, 'svl_s3query_summary' AS table_name, log_time FROM svl_s3query_summary
    UNION ALL
    SELECT cluster_name, 'sys_analyze_history' AS table_name, log_time FROM sys_analyze_history
    UNION ALL
    SELECT cluster_name, 'sys_connection_log' AS table_name, log_time FROM sys_connection_log
    UNION ALL
    SELECT cluster_name, 'sys_external_query_detail' AS table_name, log_time FROM sys_external_query_detail
    UNION ALL
    SELECT cluster_name, 'sys_load_detail' AS table_name, log_time FROM sys_load_detail
    UNION ALL
    SELECT cluster_name, 'sys_load_error_detail' AS table_name, log_time FROM sys_load_error_detail
    UNION ALL
    SELECT cluster_name, 'sys_load_history' AS table_name, log_time FROM sys_load_history
    UNION ALL
    SELECT cluster_name, 'sys_mv_refresh_history' AS table_name, log_time FROM sys_mv_refresh_history
    UNION ALL
    SELECT cluster_name, 'sys_procedure_call' AS table_name, log_time FROM sys_procedure_call
    UNION ALL
    SELECT cluster_name, 'sys_query_detail' AS table_name, log_time FROM sys_query_detail
    UNION ALL
    SELECT cluster_name, 'sys_query_explain' AS table_name, log_time FROM sys_query_explain
    UNION ALL
    SELECT cluster_name, 'sys_query_history' AS table_name, log_time FROM sys_query_history
    UNION ALL
    SELECT cluster_name, 'sys_query_text' AS table_name, log_time FROM sys_query_text
    UNION ALL
    SELECT cluster_name, 'sys_serverless_usage' AS table_name, log_time FROM sys_serverless_usage
    UNION ALL
    SELECT cluster_name, 'sys_transaction_history' AS table_name, log_time FROM sys_transaction_history
    UNION ALL
    SELECT cluster_name, 'sys_unload_history' AS table_name, log_time FROM sys_unload_history
    UNION ALL
    SELECT cluster_name, 'sys_userlog' AS table_name, log_time FROM sys_userlog
    UNION ALL
    SELECT cluster_name, 'sys_vacuum_history' AS table_name, log_time FROM sys_vacuum_history
  ) all_rows
  UNION ALL
  SELECT
    cluster_name,
    table_name,
    day,
    CAST(NULL AS timestamp),
    CAST(NULL AS bigint),
    CAST(NULL AS timestamp),
    CAST(NULL AS bigint),
    log_time,
    sum(source_rows),
    sum(lake_rows),
    count_if(source_rows <> lake_rows)
  FROM row_counts
  WHERE log_time >= date_add('day', -35, localtimestamp)
  GROUP BY cluster_name, table_name, day, log_time
  UNION ALL
  SELECT
    cluster_name,
    export,
    day,
    newest,
    CAST(NULL AS bigint),
    log_time,
    row_count,
    CAST(NULL AS timestamp),
    CAST(NULL AS bigint),
    CAST(NULL AS bigint),
    CAST(NULL AS bigint)
  FROM export_days
  WHERE log_time >= date_add('day', -35, localtimestamp)
) rows_and_counts
GROUP BY cluster_name, table_name, day
UNION ALL
SELECT
  cluster_name,
  export,
  CAST(NULL AS date),
  0,
  CAST(NULL AS timestamp),
  CAST(NULL AS timestamp),
  CAST(NULL AS bigint),
  CAST(NULL AS bigint),
  CAST(NULL AS bigint),
  state,
  reason
FROM export_states
JOIN (
  SELECT cluster_name, max(log_time) AS log_time
  FROM export_states
  GROUP BY cluster_name
) latest USING (cluster_name, log_time)
WHERE state <> 'exported'
