-- title: Longest waits in queues
-- question: Which queries waited longest for a slot, in which queue, and how long did they run afterwards?
-- parameters: days = 7
-- what to do: waits in one service class only: add slots or concurrency scaling there; waits in all: resize
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
join (
  -- one row per id: the attempts of an id that ran twice must appear once
  select cluster_name, query, xid, max(querytxt) as querytxt
  from stl_query q
  where q.log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
  group by cluster_name, query, xid
) q using (cluster_name, query, xid)
where w.userid > 1
  and w.total_queue_time > 0
  and w.log_time >= date_add('day', -7, localtimestamp)  -- :days
order by queue_seconds desc, cluster_name, query
limit 35
