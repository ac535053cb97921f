-- title: Query history
-- about: one row per run of a query, with its text, queue times, plan, scans and alerts
-- Filter by log_time, and by cluster_name if possible. Both filters reach all tables except stl_wlm_query, whose log_time is
-- its own: there only cluster_name limits what is read. (Joined with ON: after LEFT JOIN … USING a column is
-- coalesce(left, right), and no filter would reach any table.)
-- queue_seconds, exec_seconds and attempts cover the attempts of the query in workload management that ended within an hour of
-- the run: ids and transactions begin again in a cluster that is created again. scanned_rows and scanned_bytes cover permanent
-- tables. For elapsed_seconds and statement_kind see query_runs.
CREATE OR REPLACE VIEW query_history AS
SELECT
  q.cluster_name,
  q.log_time,
  q.query,
  q.userid,
  q.user_name,
  q.xid,
  q.pid,
  q.label,
  q."database",
  q.starttime,
  q.endtime,
  q.seconds AS elapsed_seconds,
  w.queue_seconds,
  w.exec_seconds,
  w.attempts,
  w.service_class,
  w.service_class_name,
  q.aborted,
  q.concurrency_scaling_status,
  coalesce(a.alerts, 0) AS alerts,
  e.plan_root,
  coalesce(s.scanned_rows, 0) AS scanned_rows,
  coalesce(s.scanned_bytes, 0) AS scanned_bytes,
  coalesce(t.full_text, rtrim(q.querytxt)) AS full_text,
  q.statement_kind
FROM query_runs q
LEFT JOIN (
  -- one row per query: texts that nothing tells apart are left out
  SELECT cluster_name, query, log_time, if(count(*) = 1, max(full_text)) AS full_text
  FROM query_full_text
  GROUP BY cluster_name, query, log_time
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
    r.log_time,
    count(*) AS attempts,
    sum(a.queue_seconds) AS queue_seconds,
    sum(a.exec_seconds) AS exec_seconds,
    max_by(a.service_class, a.log_time) AS service_class,
    max_by(a.service_class_name, a.log_time) AS service_class_name
  FROM query_runs r
  JOIN queue_attempts a USING (cluster_name, query, xid)
  WHERE a.log_time >= if(r.seconds IS NULL, r.log_time, r.starttime) - INTERVAL '1' HOUR
    AND a.log_time <= r.log_time + INTERVAL '1' HOUR
  GROUP BY cluster_name, query, xid, r.log_time
) w ON w.cluster_name = q.cluster_name AND w.query = q.query AND w.xid = q.xid AND w.log_time = q.log_time
