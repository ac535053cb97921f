-- title: Utility statements
-- about: one row per statement, with its text assembled from the fragments of stl_utilitytext
-- As in query_full_text: blanks between fragments are kept, and full_text has line breaks where \n is stored.
CREATE OR REPLACE VIEW utility_statements AS
SELECT
  cluster_name,
  log_time,
  CAST(userid AS bigint) AS userid,
  CAST(xid AS bigint) AS xid,
  CAST(pid AS bigint) AS pid,
  label,
  starttime,
  log_time AS endtime,
  fragments,
  complete,
  regexp_replace(stored_text, '\\([\\n])', part -> if(part[1] = 'n', chr(10), '\\')) AS full_text,
  stored_text
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
    count(*) = max(sequence) + 1 AS complete,
    rtrim(array_join(array_agg(text ORDER BY sequence), '')) AS stored_text
  FROM (
    SELECT DISTINCT cluster_name, log_time, userid, xid, pid, label, starttime, sequence, text
    FROM stl_utilitytext
  ) fragment
  GROUP BY cluster_name, log_time, userid, xid, pid, label, starttime
) assembled
