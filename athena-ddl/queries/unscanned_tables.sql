-- title: Tables that nobody reads any more
-- question: Which tables were read in the last year, but not in the last weeks?
-- covers: STL
-- parameters: days = 30, lookback = 400
-- what to do: ask the owner, then archive or drop the table. A table that was created again has another tbl: read_as_other tells
with by_table as (
  select
    cluster_name,
    tbl,
    max(schema_name) as schema_name,
    max(table_name) as table_name,
    count(*) as scans_before,
    max(log_time) as last_scan
  from table_scans
  where userid > 1
    and log_time >= date_add('day', -400, localtimestamp)  -- :lookback
  group by cluster_name, tbl
), compared as (
  select *, max(last_scan) over (partition by cluster_name, table_name) > last_scan as read_as_other
  from by_table
)
select cluster_name, schema_name, table_name, scans_before, last_scan, tbl, read_as_other
from compared
where last_scan < date_add('day', -30, localtimestamp)  -- :days
order by read_as_other, last_scan, cluster_name, table_name, tbl
limit 100
