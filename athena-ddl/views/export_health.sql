-- title: Health of the export
-- about: one row a cluster, table and day: how many rows the lake has, and the newest of them
-- Filter by day, so that only those days are read. A cluster that has no row for today is late, or idle.
CREATE OR REPLACE VIEW export_health AS
SELECT cluster_name, 'stl_alert_event_log' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_alert_event_log
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_ddltext' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_ddltext
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_explain' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_explain
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_query' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_query
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_querytext' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_querytext
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_scan' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_scan
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_utilitytext' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_utilitytext
GROUP BY cluster_name, CAST(log_time AS date)
UNION ALL
SELECT cluster_name, 'stl_wlm_query' AS table_name, CAST(log_time AS date) AS day, count(*) AS row_count, max(log_time) AS newest
FROM stl_wlm_query
GROUP BY cluster_name, CAST(log_time AS date)
