-- title: Scans that read much and keep little
-- question: Which tables are scanned completely for a few rows?
-- covers: STL
-- parameters: days = 7
-- what to do: make the filtered column (see filtered_columns) the sort key; scans that are already range-restricted gain nothing
select
  cluster_name,
  max(schema_name) as schema_name,
  max(table_name) as table_name,
  count(*) as scans,
  count_if(range_restricted) as range_restricted,
  sum(rows_read) as rows_read,
  sum(rows_kept) as rows_kept,
  round(1e2 * sum(rows_kept) / nullif(sum(rows_read), 0), 2) as kept_percent,
  tbl
from table_scans
where userid > 1
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by cluster_name, tbl
having sum(rows_read) > sum(rows_kept)
order by rows_read - rows_kept desc, cluster_name, table_name, tbl
limit 50
