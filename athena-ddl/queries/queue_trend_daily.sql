-- title: Queues by the day
-- question: Do queries wait longer in their queues from day to day?
-- covers: STL
-- parameters: days = 30
-- what to do: if waits grow with the number of queries, add slots; if they grow without it, find the query that got slower
select
  cluster_name,
  day,
  service_class,
  max(service_class_name) as service_class_name,
  sum(attempts) as attempts,
  sum(waited) as waited,
  round(sum(queue_seconds), 1) as queue_seconds,
  round(max(longest_queue_seconds), 1) as longest_queue_seconds,
  round(sum(exec_seconds), 1) as exec_seconds
from wlm_queue_hourly
where day >= cast(date_add('day', -30, localtimestamp) as date)  -- :days
group by cluster_name, day, service_class
order by cluster_name, day, service_class
