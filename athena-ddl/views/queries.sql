-- title: Queries
-- about: one row per run of a query, of clusters that export STL tables and of those that export SYS views: times, status, error, rows, spill, cache hit, text
-- Filter by log_time and by day: day also limits what is read to find the runs that are in both families. Columns that you do
-- not select cost nothing: waits, scans, spill, alerts and texts are tables of their own.
-- source is where the row is from, stl or sys. A run that both have is one row, of SYS: there it is the query as it was sent, while
-- stl_query has a row for each query that Redshift made of it, without error and returned rows. query_id is the
-- id of that source; the ids differ, so the two are matched by transaction and time. That is done by the days on which the SYS
-- row begins and ends: parts of a query that ended on a day between are shown as well. What is not final in SYS yet is shown from STL.
-- status: success, failed, canceled or a later word of SYS; of STL success or aborted, which may be either of the others.
-- category: ddl and utility are statements of SYS that STL has in stl_ddltext and stl_utilitytext; all else is query.
-- Null is what a source does not have: of STL error_message and returned_rows; compile_seconds, spilled_mb and result_cache_hit
-- without the set stl-large; of SYS scans and spill without sys_query_detail. Compile time of STL is the sum over segments.
-- scanned_rows counts rows before any filter. scanned_bytes of STL is of the rows that were kept, of SYS of those that were read.
-- Durations that are negative or over 31 days and numbers that cannot be are null. queue_seconds and exec_seconds of STL are as in
-- query_history, and read all days of stl_wlm_query. Rows of SYS with an unknown status have a log_time two days after their end.
CREATE OR REPLACE VIEW queries AS
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
  waits.queue_seconds AS queue_seconds,
  compile_seconds,
  waits.exec_seconds AS exec_seconds,
  status,
  error_message,
  category,
  statement_kind,
  target_schema,
  target_table,
  query_shape,
  returned_rows,
  scans.scanned_rows AS scanned_rows,
  scans.scanned_bytes AS scanned_bytes,
  spilled_mb,
  alerts,
  result_cache_hit,
  concurrency_scaling,
  statement_text,
  full_text
FROM (
  SELECT
    'stl' AS source,
    q.cluster_name,
    q.log_time,
    q.day,
    q.query AS query_id,
    q.userid,
    q.user_name,
    q.xid,
    q.pid,
    q."database",
    q.label,
    q.starttime,
    q.endtime,
    q.seconds AS elapsed_seconds,
    (
      SELECT CAST(ROW(sum(a.queue_seconds), sum(a.exec_seconds)) AS ROW(queue_seconds double, exec_seconds double))
      FROM queue_attempts a
      WHERE a.cluster_name = q.cluster_name AND a.query = q.query AND a.xid = q.xid
        AND a.log_time >= if(q.seconds IS NULL, q.log_time, q.starttime) - INTERVAL '1' HOUR
        AND a.log_time <= q.log_time + INTERVAL '1' HOUR
    ) AS waits,
    (
      SELECT sum(date_diff('millisecond', c.starttime, c.endtime)) / 1e3
      FROM svl_compile c
      WHERE c.cluster_name = q.cluster_name AND c.query = q.query AND c.log_time = q.log_time AND c.compile = 1
    ) AS compile_seconds,
    CASE WHEN q.aborted = 0 THEN 'success' WHEN q.aborted > 0 THEN 'aborted' END AS status,
    CAST(NULL AS varchar) AS error_message,
    'query' AS category,
    q.statement_kind,
    q.target_schema,
    q.target_table,
    q.query_shape,
    CAST(NULL AS bigint) AS returned_rows,
    (
      SELECT CAST(ROW(sum(s.rows_read), sum(s.bytes)) AS ROW(scanned_rows decimal(38, 0), scanned_bytes decimal(38, 0)))
      FROM table_scans s
      WHERE s.cluster_name = q.cluster_name AND s.query = q.query AND s.log_time = q.log_time
    ) AS scans,
    (
      SELECT sum(m.blocks_to_disk)
      FROM stl_query_metrics m
      WHERE m.cluster_name = q.cluster_name AND m.query = q.query AND m.log_time = q.log_time
        AND m.segment = -1 AND m.step_type = -1
    ) AS spilled_mb,
    (
      SELECT count(*)
      FROM stl_alert_event_log a
      WHERE a.cluster_name = q.cluster_name AND a.query = q.query AND a.log_time = q.log_time
    ) AS alerts,
    (
      SELECT bool_or(l.source_query IS NOT NULL)
      FROM svl_qlog l
      WHERE l.cluster_name = q.cluster_name AND l.query = q.query AND l.log_time = q.log_time
    ) AS result_cache_hit,
    q.concurrency_scaling_status = 1 AS concurrency_scaling,
    q.statement_text,
    coalesce((
      SELECT if(count(*) = 1, max(t.full_text))
      FROM query_full_text t
      WHERE t.cluster_name = q.cluster_name AND t.query = q.query AND t.log_time = q.log_time
    ), rtrim(q.querytxt)) AS full_text
  FROM (SELECT *, CAST(log_time AS date) AS day FROM query_runs) q
  LEFT JOIN (
    SELECT cluster_name, CAST(start_time AS date) AS day, transaction_id AS xid, start_time, end_time
    FROM sys_query_history
    UNION ALL
    SELECT cluster_name, CAST(end_time AS date) AS day, transaction_id AS xid, start_time, end_time
    FROM sys_query_history
  ) h ON h.cluster_name = q.cluster_name AND h.day = q.day AND h.xid = q.xid
    AND h.start_time <= q.endtime AND h.end_time >= q.starttime
  WHERE h.cluster_name IS NULL
  UNION ALL
  SELECT
    'sys',
    h.cluster_name,
    h.log_time,
    CAST(h.log_time AS date) AS day,
    CAST(h.query_id AS bigint),
    CAST(h.user_id AS bigint),
    coalesce(u.user_name, nullif(h.username, '')),
    CAST(h.transaction_id AS bigint),
    CAST(h.session_id AS bigint),
    h.database_name,
    h.query_label,
    h.start_time,
    h.end_time,
    if(h.elapsed_time BETWEEN 0 AND 2678400000000, h.elapsed_time) / 1e6,
    CAST(ROW(
      if(h.queue_time BETWEEN 0 AND 2678400000000, h.queue_time) / 1e6,
      if(h.execution_time BETWEEN 0 AND 2678400000000, h.execution_time) / 1e6) AS ROW(queue_seconds double, exec_seconds double)),
    if(h.compile_time BETWEEN 0 AND 2678400000000, h.compile_time) / 1e6,
    h.status,
    nullif(h.error_message, ''),
    CASE WHEN h.query_type = 'DDL' THEN 'ddl' WHEN h.query_type IN ('UTILITY', 'COMMAND') THEN 'utility' ELSE 'query' END,
    h.statement_kind,
    h.target_schema,
    h.target_table,
    h.query_shape,
    CAST(h.returned_rows AS bigint),
    (
      SELECT CAST(ROW(
        sum(CAST(if(d.input_rows BETWEEN 0 AND 1000000000000000, d.input_rows) AS decimal(38, 0))),
        sum(CAST(if(d.input_bytes BETWEEN 0 AND 1000000000000000, d.input_bytes) AS decimal(38, 0))))
        AS ROW(scanned_rows decimal(38, 0), scanned_bytes decimal(38, 0)))
      FROM sys_query_detail d
      WHERE d.cluster_name = h.cluster_name AND d.query_id = h.query_id AND d.log_time = h.log_time
        AND d.metrics_level = 'step' AND d.step_name = 'scan' AND d.table_id > 0
    ),
    (
      SELECT sum(coalesce(d.spilled_block_local_disk, 0) + coalesce(d.spilled_block_remote_disk, 0))
      FROM sys_query_detail d
      WHERE d.cluster_name = h.cluster_name AND d.query_id = h.query_id AND d.log_time = h.log_time
        AND d.metrics_level = 'step'
    ),
    (
      SELECT count(*)
      FROM sys_query_detail d
      WHERE d.cluster_name = h.cluster_name AND d.query_id = h.query_id AND d.log_time = h.log_time
        AND d.metrics_level = 'step' AND d.alert <> ''
    ),
    h.result_cache_hit,
    h.compute_type = 'primary-scale',
    trim(regexp_replace(regexp_replace(regexp_replace(
      regexp_replace(h.query_text, '\\([\\ntr])', part -> CASE part[1] WHEN 'n' THEN chr(10) WHEN 't' THEN chr(9) WHEN 'r' THEN chr(13) ELSE '\\' END),
      '^(?:\s|--[^\n\r]*(?:[\n\r]|$)|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*', ''),
      '(?:\s|;|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*$', ''),
      '\s+', ' ')),
    regexp_replace(
      coalesce((
        SELECT rtrim(array_join(array_agg(t.text ORDER BY t.sequence), ''))
        FROM (SELECT DISTINCT cluster_name, query_id, log_time, sequence, text FROM sys_query_text) t
        WHERE t.cluster_name = h.cluster_name AND t.query_id = h.query_id AND t.log_time = h.log_time
      ), rtrim(h.query_text)),
      '\\([\\ntr])', part -> CASE part[1] WHEN 'n' THEN chr(10) WHEN 't' THEN chr(9) WHEN 'r' THEN chr(13) ELSE '\\' END)
  FROM sys_query_history h
  LEFT JOIN user_names u ON u.cluster_name = h.cluster_name AND u.userid = h.user_id
    AND u.named_from <= h.log_time AND u.named_to > h.log_time
) run
