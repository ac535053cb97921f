-- title: Nested loops
-- question: Which queries join without a condition, so that every row is paired with every other row?
-- covers: STL
-- parameters: days = 7
-- what to do: look for a join without a condition; if it is intended, keep one side small
select
  cluster_name,
  query,
  q."database",
  q.userid,
  q.user_name,
  round(q.seconds, 1) as seconds,
  q.starttime,
  substr(q.statement_text, 1, 60) as query_text
from query_runs q
join stl_alert_event_log a using (cluster_name, query, log_time)
where a.event like 'Nested Loop Join%'
  and q.userid > 1
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by 1, 2, 3, 4, 5, 6, 7, 8
order by seconds desc, cluster_name, query
limit 50
