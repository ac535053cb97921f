-- title: Queries of each day
-- about: one row per cluster, day and group of runs with the same shape, plan, user, database, queue and application: counts, seconds, scans, spill, alerts; of sealed days, from query_days
-- A year of a busy cluster is read in seconds: use it for months, and queries for single runs. Days that are not sealed are missing,
-- days without queries have no row; cluster_days_latest has a row for each day that was summarised.
-- duration_buckets counts runs by duration: bucket b holds those from 2^(b/8) to 2^((b+1)/8) milliseconds, -1 those below one. A
-- percentile that is read from it as 2^((b+0.5)/8) is off by at most 4.5 percent, for any span and filter.
-- shape_id and plan_id are digests: of query_shape, and of the plan's nodes without costs. plan_id is null without a plan.
-- Compare shapes of one shape_version. timed_runs have a duration; an example is the longest run. What the cluster does not export is null.
CREATE OR REPLACE VIEW query_days_latest AS
SELECT
  d.cluster_name,
  d.date_of_runs AS day,
  d.source,
  d.shape_id,
  d.query_shape,
  CAST(d.shape_version AS bigint) AS shape_version,
  d.plan_id,
  d.statement_kind,
  d.userid,
  u.user_name,
  d."database",
  d.queue,
  d.application_name,
  d.runs,
  d.aborted,
  d.failed,
  d.cached,
  d.timed_runs,
  d.seconds,
  d.max_seconds,
  d.queue_seconds,
  d.max_queue_seconds,
  d.compile_seconds,
  d.scanned_rows,
  d.scanned_bytes,
  d.spilled_mb,
  d.duration_buckets,
  d.alerts,
  d.first_run,
  d.last_run,
  d.example_query_id,
  d.example_text
FROM (
  SELECT *
  FROM (SELECT *, CAST(log_time AS date) AS date_of_runs FROM query_days WHERE NOT is_total)
  JOIN (
    SELECT cluster_name, day AS date_of_runs, revision FROM cluster_days_latest
  ) USING (cluster_name, date_of_runs, revision)
) d
LEFT JOIN user_names u ON u.cluster_name = d.cluster_name AND u.userid = d.userid
  AND u.named_from <= d.last_run AND u.named_to > d.last_run
