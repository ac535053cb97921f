-- title: DDL statements
-- about: one row per statement, with its text assembled from the fragments of stl_ddltext, and its kind
-- As in query_full_text: blanks between fragments are kept, and full_text has line breaks, tabs and returns where they are
-- stored. statement_text is as in query_runs, statement_kind by the rule that it has for rows of earlier releases.
-- Statements of one transaction and one microsecond are rows of their own if each has one fragment. If some have more, nothing
-- tells which fragments belong together: each is shown with its first fragment only, and complete is false.
CREATE OR REPLACE VIEW ddl_statements AS
SELECT
  statement.cluster_name,
  statement.log_time,
  CAST(statement.userid AS bigint) AS userid,
  u.user_name,
  CAST(xid AS bigint) AS xid,
  CAST(pid AS bigint) AS pid,
  label,
  starttime,
  statement.log_time AS endtime,
  fragments,
  complete,
  full_text,
  stored_text,
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
  END AS statement_kind,
  statement_text
FROM (
  SELECT
    *,
    trim(regexp_replace(regexp_replace(regexp_replace(
      full_text,
      '^(?:\s|--[^\n\r]*(?:[\n\r]|$)|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*', ''),
      '(?:\s|;|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*$', ''),
      '\s+', ' ')) AS statement_text
  FROM (
    SELECT
      *,
      regexp_replace(stored_text, '\\([\\ntr])', part -> CASE part[1] WHEN 'n' THEN chr(10) WHEN 't' THEN chr(9) WHEN 'r' THEN chr(13) ELSE '\\' END) AS full_text
    FROM (
      SELECT
        cluster_name,
        log_time,
        userid,
        xid,
        pid,
        label,
        starttime,
        count(*) AS fragments,
        count(*) = max(last_sequence) + 1 AS complete,
        rtrim(array_join(array_agg(text ORDER BY sequence), '')) AS stored_text
      FROM (
        SELECT
          *,
          if(max(statements) OVER (PARTITION BY cluster_name, log_time, userid, xid, pid, label, starttime) > 1, text)
            AS own_text
        FROM (
          SELECT
            *,
            count(*) OVER (PARTITION BY cluster_name, log_time, userid, xid, pid, label, starttime, sequence) AS statements,
            max(sequence) OVER (PARTITION BY cluster_name, log_time, userid, xid, pid, label, starttime) AS last_sequence
          FROM (
            SELECT DISTINCT cluster_name, log_time, userid, xid, pid, label, starttime, sequence, text
            FROM stl_ddltext
          ) fragment
        ) counted
      ) distinguished
      WHERE own_text IS NULL OR sequence = 0
      GROUP BY cluster_name, log_time, userid, xid, pid, label, starttime, own_text
    ) assembled
  ) unescaped
) statement
LEFT JOIN user_names u ON u.cluster_name = statement.cluster_name AND u.userid = statement.userid
  AND u.named_from <= statement.log_time AND u.named_to > statement.log_time
