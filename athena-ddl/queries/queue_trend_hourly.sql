-- title: Queues by the hour
-- question: How many queries did each queue run per hour, and how long did they wait and run?
-- covers: STL
-- parameters: days = 7
-- what to do: find the hours with waits; move jobs to other hours, or schedule more concurrency for them
select
  cluster_name,
  hour,
  service_class,
  service_class_name,
  attempts,
  waited,
  round(queue_seconds, 1) as queue_seconds,
  round(longest_queue_seconds, 1) as longest_queue_seconds,
  round(exec_seconds, 1) as exec_seconds
from wlm_queue_hourly
where day >= cast(date_add('day', -7, localtimestamp) as date)  -- :days
order by cluster_name, hour, service_class
