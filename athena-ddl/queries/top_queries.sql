-- title: Top 50 queries by time
-- question: Which query texts took most time in the last days, on which cluster, and with how many optimizer alerts?
-- parameters: days = 7
-- what to do: start at the top; a text with alerts in every run deserves more attention than one that only runs often
select
  q.cluster_name,
  substr(q.statement_text, 1, 60) as query_text,
  count(*) as runs,
  count_if(q.aborted > 0) as aborted,
  round(sum(q.seconds), 1) as total_seconds,
  round(max(q.seconds), 1) as slowest_seconds,
  coalesce(sum(a.alerts), 0) as alerts,
  max(q.query) as last_query
from query_runs q
left join (
  select cluster_name, query, log_time, count(*) as alerts
  from stl_alert_event_log
  where log_time >= date_add('day', -7, localtimestamp)  -- :days
  group by cluster_name, query, log_time
) a on a.cluster_name = q.cluster_name and a.query = q.query and a.log_time = q.log_time
where q.userid > 1
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
group by q.cluster_name, q.statement_text
order by total_seconds desc, runs desc, query_text
limit 50
