-- title: Busiest users
-- question: Which users use most of the clusters' time, and how much of it ended in aborted queries?
-- covers: STL, SYS
-- parameters: days = 7
-- what to do: talk to the users at the top; give each service its own user and queue, so that it can be measured and limited
select
  cluster_name,
  q.userid,
  max_by(q.user_name, q.log_time) as user_name,
  count(*) as queries,
  round(sum(q.elapsed_seconds), 1) as total_seconds,
  count_if(q.status <> 'success') as aborted,
  round(sum(if(q.status <> 'success', q.elapsed_seconds, 0)), 1) as aborted_seconds
from queries q
where q.userid > 1
  and q.category = 'query'
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
  and q.day >= cast(date_add('day', -7, localtimestamp) as date)  -- :days
group by cluster_name, q.userid
order by total_seconds desc, cluster_name, userid
limit 50
