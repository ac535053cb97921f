-- title: Query history of both exports
-- about: one row per run of a query, from this lake (STL) and from the SYS views that Redshift itself publishes to S3 Tables
-- Optional: only where Redshift publishes sys_query_history to S3 Tables
-- (https://docs.aws.amazon.com/redshift/latest/dg/r_SYS_QUERY_HISTORY.html). Replace YOUR_NAMESPACE by the namespace that
-- describe-logging-status prints. A cluster that is in both exports appears twice: filter by source. The ids differ: SYS has
-- one query_id for what STL shows as several rewritten queries; both have the same xid. Only final states are included,
-- because rows of SYS change until then.
CREATE OR REPLACE VIEW query_history_all AS
SELECT
  'STL' AS source,
  cluster_name,
  log_time,
  query AS query_id,
  userid,
  user_name,
  xid,
  pid,
  "database",
  starttime,
  endtime,
  elapsed_seconds,
  queue_seconds,
  exec_seconds,
  if(aborted = 0, 'success', 'aborted') AS status,
  full_text AS query_text
FROM query_history
UNION ALL
SELECT
  'SYS' AS source,
  warehouse_name AS cluster_name,
  CAST(end_time AS timestamp(6)) AS log_time,
  query_id,
  CAST(user_id AS bigint) AS userid,
  CAST(NULL AS varchar) AS user_name,
  transaction_id AS xid,
  CAST(session_id AS bigint) AS pid,
  trim(database_name) AS "database",
  CAST(start_time AS timestamp(6)) AS starttime,
  CAST(end_time AS timestamp(6)) AS endtime,
  elapsed_time / 1e6 AS elapsed_seconds,
  queue_time / 1e6 AS queue_seconds,
  execution_time / 1e6 AS exec_seconds,
  trim(status) AS status,
  rtrim(query_text) AS query_text
FROM "s3tablescatalog/aws-redshift"."YOUR_NAMESPACE".sys_query_history
WHERE trim(status) IN ('success', 'failed', 'canceled')
