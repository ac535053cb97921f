-- title: Alerts by table
-- question: Which tables cause optimizer alerts, which alerts, and in how many queries?
-- covers: STL
-- parameters: days = 7
-- what to do: follow the solution that Redshift suggests; it is in the column solution
select
  cluster_name,
  max_by(s.schema_name, log_time) as schema_name,
  max_by(s.table_name, log_time) as table_name,
  split_part(a.event, ':', 1) as alert,
  count(distinct (query, log_time)) as queries,
  substr(max(a.solution), 1, 60) as solution,
  max(log_time) as last_seen,
  s.tbl
from stl_alert_event_log a
join (
  select
    scan.cluster_name,
    scan.query,
    scan.log_time,
    scan.slice,
    scan.segment,
    scan.step,
    scan.tbl,
    scan.perm_table_name,
    trim(scan.perm_table_name) as table_name,
    t.schema_name
  from stl_scan scan
  left join table_schemas t on t.cluster_name = scan.cluster_name and t.tbl = scan.tbl
    and t.table_name = trim(scan.perm_table_name)
) s using (cluster_name, query, log_time)
where a.userid > 1
  and s.slice = a.slice
  and s.segment = a.segment
  and s.step = a.step
  and s.table_name <> 'Internal Worktable'
  and s.perm_table_name not like 'volt\_tt\_%' escape '\'
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by cluster_name, 4, s.tbl
order by queries desc, cluster_name, table_name, alert, tbl
limit 50
