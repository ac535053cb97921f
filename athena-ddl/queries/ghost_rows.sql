-- title: Deleted rows that are still read
-- question: For which tables do queries still read deleted rows?
-- covers: STL
-- parameters: days = 7
-- what to do: run VACUUM DELETE ONLY on the table, or find out why automatic vacuum does not reach it
select
  cluster_name,
  max(schema_name) as schema_name,
  max(table_name) as table_name,
  count(*) as scans,
  sum(rows_read) as rows_read,
  sum(ghost_rows) as ghost_rows,
  round(1e2 * sum(ghost_rows) / nullif(sum(rows_read), 0), 1) as ghost_percent,
  tbl
from table_scans
where userid > 1
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by cluster_name, tbl
having sum(ghost_rows) > 0
order by ghost_rows desc, cluster_name, table_name, tbl
limit 50
