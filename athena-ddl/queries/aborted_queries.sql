-- title: Queries that came to nothing
-- question: Which queries failed, were cancelled or stopped, and how long had they run?
-- covers: STL, SYS
-- parameters: days = 7
-- what to do: long run times: look for a time limit or a user who cancels; many at the same time: look for a restart
select
  cluster_name,
  q.query_id,
  q.userid,
  q.user_name,
  q.endtime,
  round(q.elapsed_seconds, 1) as seconds,
  q.status,
  substr(q.error_message, 1, 60) as error,
  substr(q.statement_text, 1, 60) as query_text
from queries q
where q.status <> 'success'
  and q.category = 'query'
  and q.userid > 1
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
  and q.day >= cast(date_add('day', -7, localtimestamp) as date)  -- :days
order by seconds desc, cluster_name, q.query_id
limit 50
