-- title: Full text of queries
-- about: one row a query; its text put together from the fragments of stl_querytext
-- Fragments of 200 bytes are joined as they are: a blank at a border may be one between two words. Only the padding after
-- the last fragment is removed. Redshift stores a line break as the two characters \n
-- (https://docs.aws.amazon.com/redshift/latest/dg/r_STL_QUERYTEXT.html, "Reconstructing stored SQL"): full_text has line
-- breaks again, stored_text is as stored. A doubled backslash is left as it is and begins no line break.
CREATE OR REPLACE VIEW query_full_text AS
SELECT
  cluster_name,
  log_time,
  query,
  userid,
  xid,
  pid,
  fragments,
  complete,
  regexp_replace(stored_text, '\\([\\n])', part -> if(part[1] = 'n', chr(10), '\\')) AS full_text,
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
) put_together
