-- title: Tables that nobody reads any more
-- question: Which tables were read in the last year, but not in the last weeks?
-- parameters: days = 30, lookback = 400
-- what to do: ask the owner, then archive or drop the table; the seven days that Redshift keeps are too short for this question
select
  cluster_name,
  table_name,
  count(*) as scans_before,
  max(log_time) as last_scan
from table_scans
where userid > 1
  and log_time >= date_add('day', -400, localtimestamp)  -- :lookback
group by cluster_name, table_name
having max(log_time) < date_add('day', -30, localtimestamp)  -- :days
order by last_scan, cluster_name, table_name
limit 100
