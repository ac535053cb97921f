-- title: Scans of tables
-- about: one row per query and permanent table (stl_scan, type 2), summed over slices and steps
-- rows_read counts rows before any filter, ghost_rows deleted rows that were still read, rows_kept the remaining rows.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_SCAN.html
CREATE OR REPLACE VIEW table_scans AS
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
  sum(rows_pre_filter) AS rows_read,
  sum(rows_pre_filter - rows_pre_user_filter) AS ghost_rows,
  sum("rows") AS rows_kept,
  sum(bytes) AS bytes,
  min(starttime) AS starttime,
  max(endtime) AS endtime
FROM stl_scan
WHERE type = 2
GROUP BY cluster_name, log_time, query, userid, tbl
