-- title: Health of the export
-- about: one row per cluster, table and day: the number of rows in the lake, and the newest log_time
-- Generated from the exported tables; do not edit, run make ddl.
-- Filter by day, so that only those days are read. A cluster without rows for today is late or idle.
CREATE OR REPLACE VIEW export_health AS
SELECT
  cluster_name,
  table_name,
  CAST(log_time AS date) AS day,
  count(*) AS row_count,
  max(log_time) AS newest
FROM (
  SELECT cluster_name, 'stl_alert_event_log' AS table_name, log_time FROM stl_alert_event_log
  UNION ALL
  SELECT cluster_name, 'stl_ddltext' AS table_name, log_time FROM stl_ddltext
  UNION ALL
  SELECT cluster_name, 'stl_explain' AS table_name, log_time FROM stl_explain
  UNION ALL
  SELECT cluster_name, 'stl_query' AS table_name, log_time FROM stl_query
  UNION ALL
  SELECT cluster_name, 'stl_querytext' AS table_name, log_time FROM stl_querytext
  UNION ALL
  SELECT cluster_name, 'stl_scan' AS table_name, log_time FROM stl_scan
  UNION ALL
  SELECT cluster_name, 'stl_utilitytext' AS table_name, log_time FROM stl_utilitytext
  UNION ALL
  SELECT cluster_name, 'stl_wlm_query' AS table_name, log_time FROM stl_wlm_query
) all_rows
GROUP BY cluster_name, table_name, CAST(log_time AS date)
