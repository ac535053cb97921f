-- title: Runs of queries
-- about: one row per run of a query: duration, text without comments, and what the statement is (kind, target, shape)
-- statement_text has no comments at begin and end, and blanks for white space. Kind, target and shape are those that the export
-- derived from the text. For rows of earlier releases (statement_version is null) a coarser rule applies: it does not see through
-- WITH, knows targets of INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE and FETCH only, and its shapes keep comments within texts.
-- seconds is null where a time is missing or a sentinel: the run would have ended before it began, or lasted over 31 days.
CREATE OR REPLACE VIEW query_runs AS
SELECT
  judged.cluster_name,
  judged.log_time,
  query,
  judged.userid,
  u.user_name,
  label,
  xid,
  pid,
  "database",
  starttime,
  endtime,
  if(milliseconds BETWEEN 0 AND 2678400000, milliseconds) / 1e3 AS seconds,
  aborted,
  concurrency_scaling_status,
  if(statement_version IS NULL, coarse_kind, statement_kind) AS statement_kind,
  target_database,
  if(statement_version IS NULL, lower(replace(regexp_replace(regexp_extract(coarse_name, '((?:"(?:[^"]|"")+"|[^\s"(.;]+))\s*\.\s*(?:"(?:[^"]|"")+"|[^\s"(.;]+)$', 1), '^"|"$', ''), '""', '"')), target_schema) AS target_schema,
  if(statement_version IS NULL, lower(replace(regexp_replace(regexp_extract(coarse_name, '((?:"(?:[^"]|"")+"|[^\s"(.;]+))$', 1), '^"|"$', ''), '""', '"')), target_table) AS target_table,
  coalesce(query_shape, lower(regexp_replace(coarse_shape, '([=<>(,]\s*)[-+]\s*\?', '$1?'))) AS query_shape,
  statement_version,
  statement_text,
  querytxt
FROM (
  SELECT
    *,
    CASE
      WHEN regexp_like(statement_text, '(?i)^(create|alter|drop)\s+(user|group|role)\s')
        THEN concat(lower(regexp_extract(statement_text, '^\w+')), ' user')
      WHEN regexp_like(statement_text, '(?i)^alter\s+default\s+privileges\s') THEN 'alter default privileges'
      WHEN regexp_like(statement_text, '(?i)^create\s+([a-z]+\s+){0,3}?table\s.*?\bas\s*\(?\s*(select|with)\b') THEN 'create table as'
      WHEN regexp_like(statement_text, '(?i)^create\s+([a-z]+\s+){0,3}?table\s') THEN 'create table'
      WHEN regexp_like(statement_text, '(?i)^create\s+([a-z]+\s+){0,3}?view\s') THEN 'create view'
      WHEN regexp_like(statement_text, '(?i)^[(\s]*(with|values|select)\b') THEN 'select'
      WHEN regexp_like(statement_text, '(?i)^(insert|update|delete|merge|copy|unload|create|drop|alter|truncate|grant|revoke)\b')
        OR regexp_like(statement_text, '(?i)^(vacuum|analyze|refresh|comment|lock|declare|fetch|close|call|explain|prepare)\b')
        OR regexp_like(statement_text, '(?i)^(execute|deallocate|set|reset|show|cancel|begin|commit|rollback)\b')
        THEN lower(regexp_extract(statement_text, '^\w+'))
      WHEN regexp_like(statement_text, '(?i)^start\s+transaction\b') THEN 'begin'
      WHEN regexp_like(statement_text, '(?i)^end\b') THEN 'commit'
      WHEN regexp_like(statement_text, '(?i)^abort\b') THEN 'rollback'
      ELSE 'other'
    END AS coarse_kind,
    coalesce(
      regexp_extract(
        statement_text,
        '(?i)^(?:insert\s+into|update(?:\s+only)?|delete(?:\s+from)?(?:\s+only)?|merge\s+into|copy|truncate(?:\s+table)?)\s+((?:"(?:[^"]|"")+"|[^\s"(.;]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[^\s"(.;]+))*)',
        1),
      regexp_extract(statement_text, '(?i)^fetch\s.*?((?:"(?:[^"]|"")+"|[^\s"(.;]+))$', 1)) AS coarse_name,
    regexp_replace(
      statement_text,
      '(?:\b[eE])?''(?:[^''\\]|''''|\\.)*(?:''|$)|\b\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b', '?') AS coarse_shape
  FROM (
    SELECT
      cluster_name,
      log_time,
      CAST(query AS bigint) AS query,
      CAST(userid AS bigint) AS userid,
      label,
      CAST(xid AS bigint) AS xid,
      CAST(pid AS bigint) AS pid,
      "database",
      querytxt,
      starttime,
      endtime,
      date_diff('millisecond', starttime, endtime) AS milliseconds,
      CAST(aborted AS bigint) AS aborted,
      CAST(concurrency_scaling_status AS bigint) AS concurrency_scaling_status,
      statement_kind,
      target_database,
      target_schema,
      target_table,
      query_shape,
      CAST(statement_version AS bigint) AS statement_version,
      trim(regexp_replace(regexp_replace(regexp_replace(
        regexp_replace(querytxt, '\\([\\ntr])', part -> CASE part[1] WHEN 'n' THEN chr(10) WHEN 't' THEN chr(9) WHEN 'r' THEN chr(13) ELSE '\\' END),
        '^(?:\s|--[^\n\r]*(?:[\n\r]|$)|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*', ''),
        '(?:\s|;|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*$', ''),
        '\s+', ' ')) AS statement_text
    FROM stl_query
  ) read
) judged
LEFT JOIN user_names u ON u.cluster_name = judged.cluster_name AND u.userid = judged.userid
  AND u.named_from <= judged.log_time AND u.named_to > judged.log_time
