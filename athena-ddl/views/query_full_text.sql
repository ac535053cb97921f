-- title: Full text of queries
-- about: one row per query, with its text assembled from the fragments of stl_querytext
-- Fragments of 200 bytes are concatenated unchanged, since a blank at the end of one may separate two words. Only the padding
-- of the last fragment is removed. Redshift stores a line break as the two characters \n
-- (https://docs.aws.amazon.com/redshift/latest/dg/r_STL_QUERYTEXT.html, "Reconstructing stored SQL"), and tabs and returns as \t and \r:
-- full_text has the characters, stored_text is unchanged. A doubled backslash is kept and starts none of them.
CREATE OR REPLACE VIEW query_full_text AS
SELECT
  assembled.cluster_name,
  assembled.log_time,
  CAST(query AS bigint) AS query,
  CAST(assembled.userid AS bigint) AS userid,
  u.user_name,
  CAST(xid AS bigint) AS xid,
  CAST(pid AS bigint) AS pid,
  fragments,
  complete,
  regexp_replace(stored_text, '\\([\\ntr])', part -> CASE part[1] WHEN 'n' THEN chr(10) WHEN 't' THEN chr(9) WHEN 'r' THEN chr(13) ELSE '\\' END) AS full_text,
  stored_text
FROM (
  SELECT
    cluster_name,
    log_time,
    query,
    userid,
    xid,
    pid,
    count(*) AS fragments,
    count(*) = max(sequence) + 1 AS complete,
    rtrim(array_join(array_agg(text ORDER BY sequence), '')) AS stored_text
  FROM (
    SELECT DISTINCT cluster_name, log_time, query, userid, xid, pid, sequence, text
    FROM stl_querytext
  ) fragment
  GROUP BY cluster_name, log_time, query, userid, xid, pid
) assembled
LEFT JOIN user_names u ON u.cluster_name = assembled.cluster_name AND u.userid = assembled.userid
  AND u.named_from <= assembled.log_time AND u.named_to > assembled.log_time
