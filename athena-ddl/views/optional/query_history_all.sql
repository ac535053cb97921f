-- title: Queries of this lake and of Redshift's own export
-- about: the rows of queries, and one row per run of a query that Redshift itself publishes to S3 Tables and this lake does not have
-- Optional: only where Redshift publishes sys_query_history to S3 Tables
-- (https://docs.aws.amazon.com/redshift/latest/dg/r_SYS_QUERY_HISTORY.html). A deployment creates it with
-- -c publishedNamespaces=…. By hand, replace the placeholder by the namespace that describe-logging-status or get-namespace
-- prints: one per cluster or workgroup, or one for all warehouses of an account and Region. For several, repeat its SELECT with
-- UNION ALL.
-- Columns as in queries; filter by day and log_time. source is published for the added rows: their cluster_name is that of the
-- cluster of this lake with the same account, Region and identifier, else the name of the warehouse. Runs that this lake has
-- are left out: they are matched by transaction and time, as in queries. Only final states are included, because rows change
-- until then. What Redshift does not publish is null: scans, spill, alerts, and what this export derives from the text.
CREATE OR REPLACE VIEW query_history_all AS
SELECT
  source,
  cluster_name,
  log_time,
  day,
  query_id,
  userid,
  user_name,
  xid,
  pid,
  "database",
  label,
  starttime,
  endtime,
  elapsed_seconds,
  queue_seconds,
  compile_seconds,
  exec_seconds,
  status,
  error_message,
  category,
  statement_kind,
  target_schema,
  target_table,
  query_shape,
  returned_rows,
  scanned_rows,
  scanned_bytes,
  spilled_mb,
  alerts,
  result_cache_hit,
  concurrency_scaling,
  statement_text,
  full_text
FROM queries
UNION ALL
SELECT
  'published',
  p.cluster_name,
  p.endtime,
  p.day,
  CAST(p.query_id AS bigint),
  CAST(p.user_id AS bigint),
  nullif(trim(p.username), ''),
  CAST(p.transaction_id AS bigint),
  CAST(p.session_id AS bigint),
  trim(p.database_name),
  trim(p.query_label),
  p.starttime,
  p.endtime,
  if(p.elapsed_time BETWEEN 0 AND 2678400000000, p.elapsed_time) / 1e6,
  if(p.queue_time BETWEEN 0 AND 2678400000000, p.queue_time) / 1e6,
  if(p.compile_time BETWEEN 0 AND 2678400000000, p.compile_time) / 1e6,
  if(p.execution_time BETWEEN 0 AND 2678400000000, p.execution_time) / 1e6,
  p.status,
  nullif(trim(p.error_message), ''),
  CASE
    WHEN trim(p.query_type) = 'DDL' THEN 'ddl'
    WHEN trim(p.query_type) IN ('UTILITY', 'COMMAND') THEN 'utility'
    ELSE 'query'
  END,
  CAST(NULL AS varchar),
  CAST(NULL AS varchar),
  CAST(NULL AS varchar),
  CAST(NULL AS varchar),
  CAST(p.returned_rows AS bigint),
  CAST(NULL AS decimal(38, 0)),
  CAST(NULL AS decimal(38, 0)),
  CAST(NULL AS bigint),
  CAST(NULL AS bigint),
  p.result_cache_hit,
  trim(p.compute_type) = 'primary-scale',
  trim(regexp_replace(p.query_text, '\s+', ' ')),
  rtrim(p.query_text)
FROM (
  SELECT
    warehouse.*,
    coalesce(c.cluster_name, warehouse.warehouse_name) AS cluster_name,
    CAST(warehouse.start_time AS timestamp(6)) AS starttime,
    CAST(warehouse.end_time AS timestamp(6)) AS endtime,
    CAST(warehouse.end_time AS date) AS day
  FROM (
    SELECT
      warehouse_account_id, warehouse_region_name, warehouse_name, user_id, username, query_id, transaction_id, session_id,
      database_name, query_label, query_type, trim(status) AS status, start_time, end_time, elapsed_time, queue_time,
      compile_time, execution_time, error_message, returned_rows, result_cache_hit, compute_type, query_text
    FROM "s3tablescatalog/aws-redshift"."YOUR_NAMESPACE".sys_query_history
  ) warehouse
  LEFT JOIN (
    SELECT
      account_id AS warehouse_account_id,
      region AS warehouse_region_name,
      cluster_identifier AS warehouse_name,
      max(cluster_name) AS cluster_name
    FROM clusters
    GROUP BY account_id, region, cluster_identifier
  ) c ON c.warehouse_account_id = warehouse.warehouse_account_id
    AND c.warehouse_region_name = warehouse.warehouse_region_name AND c.warehouse_name = warehouse.warehouse_name
) p
LEFT JOIN (
  SELECT cluster_name, CAST(log_time AS date) AS day, CAST(xid AS bigint) AS xid, starttime, endtime
  FROM stl_query
  UNION ALL
  SELECT cluster_name, CAST(end_time AS date) AS day, transaction_id AS xid, start_time, end_time
  FROM sys_query_history
) lake ON lake.cluster_name = p.cluster_name AND lake.day = p.day AND lake.xid = p.transaction_id
  AND lake.starttime <= p.endtime AND lake.endtime >= p.starttime
WHERE lake.cluster_name IS NULL
  AND p.status IN ('success', 'failed', 'canceled')
