-- title: Alerts by the day
-- question: Is the number of optimizer alerts rising or falling?
-- covers: STL
-- parameters: days = 30
-- what to do: an event that starts on a certain day has a cause on that day: see ddl_history
select
  cluster_name,
  split_part(event, ':', 1) as alert,
  cast(log_time as date) as day,
  count(distinct (query, log_time)) as queries,
  count(*) as alerts
from stl_alert_event_log
where userid > 1
  and log_time >= date_add('day', -30, localtimestamp)  -- :days
group by 1, 2, 3
order by cluster_name, alert, day
