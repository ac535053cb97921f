-- title: Queries that came to nothing
-- question: Which queries were cancelled or stopped, and how long had they run?
-- parameters: days = 7
-- what to do: long run times: look for a time limit or a user who cancels; many at the same time: look for a restart
select
  cluster_name,
  q.query,
  q.userid,
  q.user_name,
  q.endtime,
  round(q.seconds, 1) as seconds,
  substr(q.statement_text, 1, 60) as query_text
from query_runs q
where q.aborted > 0
  and q.userid > 1
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
order by seconds desc, cluster_name, q.query
limit 50
