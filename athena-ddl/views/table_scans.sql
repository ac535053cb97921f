-- title: Scans of tables
-- about: one row per query and permanent table (stl_scan, type 2), summed over slices and steps
-- Temporary tables of the planner (volt_tt_…) are left out, and numbers below 0 or above 10^15 count as unknown.
-- rows_read counts rows before any filter, ghost_rows deleted rows that were still read, rows_kept the remaining rows.
-- database_name and schema_name are null where tables of several databases have this id and name.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_SCAN.html
CREATE OR REPLACE VIEW table_scans AS
SELECT
  s.cluster_name,
  s.log_time,
  s.query,
  s.userid,
  u.user_name,
  s.tbl,
  t.database_name,
  t.schema_name,
  s.table_name,
  s.steps,
  s.slices,
  s.range_restricted,
  s.rows_read,
  s.ghost_rows,
  s.rows_kept,
  s.bytes,
  s.starttime,
  s.endtime
FROM (
  SELECT
    cluster_name,
    log_time,
    CAST(query AS bigint) AS query,
    CAST(userid AS bigint) AS userid,
    CAST(tbl AS bigint) AS tbl,
    max(trim(perm_table_name)) AS table_name,
    count(*) AS steps,
    count(DISTINCT slice) AS slices,
    bool_and(is_rrscan = 't') AS range_restricted,
    sum(CAST(if(rows_pre_filter BETWEEN 0 AND 1000000000000000, rows_pre_filter) AS decimal(38, 0))) AS rows_read,
    sum(CAST(if(
      rows_pre_user_filter BETWEEN 0 AND rows_pre_filter AND rows_pre_filter <= 1000000000000000,
      rows_pre_filter - rows_pre_user_filter) AS decimal(38, 0))) AS ghost_rows,
    sum(CAST(if("rows" BETWEEN 0 AND 1000000000000000, "rows") AS decimal(38, 0))) AS rows_kept,
    sum(CAST(if(bytes BETWEEN 0 AND 1000000000000000, bytes) AS decimal(38, 0))) AS bytes,
    min(starttime) AS starttime,
    max(endtime) AS endtime
  FROM stl_scan
  WHERE type = 2 AND (perm_table_name IS NULL OR perm_table_name NOT LIKE 'volt\_tt\_%' ESCAPE '\')
  GROUP BY cluster_name, log_time, query, userid, tbl
) s
LEFT JOIN user_names u ON u.cluster_name = s.cluster_name AND u.userid = s.userid
  AND u.named_from <= s.log_time AND u.named_to > s.log_time
LEFT JOIN table_schemas t ON t.cluster_name = s.cluster_name AND t.tbl = s.tbl AND t.table_name = s.table_name
