-- title: Tables that are read most
-- question: Which tables are read most often, and by how many users?
-- covers: STL
-- parameters: days = 7
-- what to do: start with these tables when you choose distribution and sort keys, and when you vacuum and analyze
select
  cluster_name,
  max(schema_name) as schema_name,
  max(table_name) as table_name,
  count(*) as scans,
  count(distinct userid) as users,
  sum(rows_read) as rows_read,
  sum(bytes) as bytes,
  max(log_time) as last_scan,
  tbl
from table_scans
where userid > 1
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by cluster_name, tbl
order by scans desc, rows_read desc, cluster_name, table_name, tbl
limit 50
