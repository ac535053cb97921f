-- title: Query history
-- about: one row per run of a query, with its text, queue times, plan, scans and alerts
-- Filter by log_time, and by cluster_name if possible. Both filters reach all tables except stl_wlm_query, whose log_time is
-- its own: there only cluster_name limits what is read. (Joined with ON: after LEFT JOIN … USING a column is
-- coalesce(left, right), and no filter would reach any table.)
-- queue_seconds, exec_seconds and attempts cover all attempts of the query id in workload management; scanned_rows and
-- scanned_bytes cover permanent tables.
CREATE OR REPLACE VIEW query_history AS
SELECT
  q.cluster_name,
  q.log_time,
  CAST(q.query AS bigint) AS query,
  CAST(q.userid AS bigint) AS userid,
  CAST(q.xid AS bigint) AS xid,
  CAST(q.pid AS bigint) AS pid,
  q.label,
  q."database",
  q.starttime,
  q.endtime,
  date_diff('millisecond', q.starttime, q.endtime) / 1e3 AS elapsed_seconds,
  w.queue_seconds,
  w.exec_seconds,
  w.attempts,
  CAST(w.service_class AS bigint) AS service_class,
  w.service_class_name,
  CAST(q.aborted AS bigint) AS aborted,
  CAST(q.concurrency_scaling_status AS bigint) AS concurrency_scaling_status,
  coalesce(a.alerts, 0) AS alerts,
  e.plan_root,
  coalesce(s.scanned_rows, 0) AS scanned_rows,
  coalesce(s.scanned_bytes, 0) AS scanned_bytes,
  coalesce(t.full_text, rtrim(q.querytxt)) AS full_text
FROM stl_query q
LEFT JOIN (
  SELECT cluster_name, query, log_time, full_text
  FROM query_full_text
) t ON t.cluster_name = q.cluster_name AND t.query = q.query AND t.log_time = q.log_time
LEFT JOIN (
  SELECT cluster_name, query, log_time, count(*) AS alerts
  FROM stl_alert_event_log
  GROUP BY cluster_name, query, log_time
) a ON a.cluster_name = q.cluster_name AND a.query = q.query AND a.log_time = q.log_time
LEFT JOIN (
  SELECT cluster_name, query, log_time, min_by(trim(plannode), nodeid) AS plan_root
  FROM stl_explain
  WHERE plannode NOT LIKE '-----%'
  GROUP BY cluster_name, query, log_time
) e ON e.cluster_name = q.cluster_name AND e.query = q.query AND e.log_time = q.log_time
LEFT JOIN (
  SELECT cluster_name, query, log_time, sum(rows_kept) AS scanned_rows, sum(bytes) AS scanned_bytes
  FROM table_scans
  GROUP BY cluster_name, query, log_time
) s ON s.cluster_name = q.cluster_name AND s.query = q.query AND s.log_time = q.log_time
LEFT JOIN (
  SELECT
    cluster_name,
    query,
    xid,
    count(*) AS attempts,
    sum(total_queue_time) / 1e6 AS queue_seconds,
    sum(total_exec_time) / 1e6 AS exec_seconds,
    max_by(service_class, log_time) AS service_class,
    max_by(service_class_name, log_time) AS service_class_name
  FROM stl_wlm_query
  GROUP BY cluster_name, query, xid
) w ON w.cluster_name = q.cluster_name AND w.query = q.query AND w.xid = q.xid
