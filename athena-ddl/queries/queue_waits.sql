-- title: Longest waits in queues
-- question: Which queries waited longest for a slot, in which queue, and how long did they run afterwards?
-- covers: STL
-- parameters: days = 7
-- what to do: waits in one service class only: add slots or concurrency scaling there; waits in all: resize
select
  cluster_name,
  w.service_class,
  w.service_class_name,
  query,
  round(w.queue_seconds, 1) as queue_seconds,
  round(w.exec_seconds, 1) as exec_seconds,
  w.queue_start_time,
  -- one row per attempt: of an id that ran twice, or in two lives of a cluster, the run that ended nearest
  substr(min_by(q.statement_text, abs(date_diff('millisecond', w.log_time, q.log_time))), 1, 40) as query_text
from queue_attempts w
join query_runs q using (cluster_name, query, xid)
where w.userid > 1
  and w.queue_seconds > 0
  and q.log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
  and w.log_time >= date_add('day', -7, localtimestamp)  -- :days
  and abs(date_diff('hour', w.log_time, q.log_time)) <= 24
group by cluster_name, query, xid, w.service_class, w.service_class_name, w.queue_seconds, w.exec_seconds, w.queue_start_time, w.log_time
order by queue_seconds desc, cluster_name, query
limit 35
