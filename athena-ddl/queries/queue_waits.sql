-- title: Longest waits in queues
-- question: Which queries waited longest for a slot, in which queue, and how long did they run then?
-- parameters: days = 7
-- what to do: waits in one service class only: give it slots or concurrency scaling; waits everywhere: resize
select
  cluster_name,
  w.service_class,
  w.service_class_name,
  query,
  round(w.total_queue_time / 1000000.0, 1) as queue_seconds,
  round(w.total_exec_time / 1000000.0, 1) as exec_seconds,
  w.queue_start_time,
  substr(regexp_replace(q.querytxt, '(\\n|\s)+', ' '), 1, 40) as query_text
from stl_wlm_query w
join stl_query q using (cluster_name, query, xid)
where w.userid > 1
  and w.total_queue_time > 0
  and w.log_time >= date_add('day', -7, localtimestamp)  -- :days
  and q.log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
order by queue_seconds desc, cluster_name, query
limit 35
