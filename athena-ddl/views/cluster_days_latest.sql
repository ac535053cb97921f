-- title: Days of clusters
-- about: one row per cluster and sealed day: all its runs of queries in numbers, from query_days; also of days without queries
-- seals names the tables that the numbers were made from, with the revisions of their seals. A day that was sealed again has the
-- numbers of its last revision. For columns see query_days_latest.
CREATE OR REPLACE VIEW cluster_days_latest AS
SELECT
  cluster_name,
  CAST(log_time AS date) AS day,
  CAST(max(revision) AS bigint) AS revision,
  max_by(seals, revision) AS seals,
  max_by(runs, revision) AS runs,
  max_by(aborted, revision) AS aborted,
  max_by(failed, revision) AS failed,
  max_by(cached, revision) AS cached,
  max_by(timed_runs, revision) AS timed_runs,
  max_by(seconds, revision) AS seconds,
  max_by(max_seconds, revision) AS max_seconds,
  max_by(queue_seconds, revision) AS queue_seconds,
  max_by(max_queue_seconds, revision) AS max_queue_seconds,
  max_by(compile_seconds, revision) AS compile_seconds,
  max_by(scanned_rows, revision) AS scanned_rows,
  max_by(scanned_bytes, revision) AS scanned_bytes,
  max_by(spilled_mb, revision) AS spilled_mb,
  max_by(duration_buckets, revision) AS duration_buckets,
  max_by(alerts, revision) AS alerts
FROM query_days
WHERE is_total
GROUP BY cluster_name, CAST(log_time AS date)
