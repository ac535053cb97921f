-- title: What queues did by the hour
-- question: How long did the queries of each queue run and wait, and how much did they read, per hour?
-- covers: STL
-- parameters: days = 7
-- what to do: compare a slow hour with the same hour of a good day: more queries, more rows, or only more waiting?
select
  cluster_name,
  date_trunc('hour', w.log_time) as hour,
  w.service_class_name,
  count(distinct (query, xid)) as queries,
  round(sum(w.queue_seconds), 1) as queue_seconds,
  round(sum(w.exec_seconds), 1) as exec_seconds,
  sum(if(w.is_last_attempt, r.rows_read)) as rows_read,
  max(w.est_peak_mem) as est_peak_mem
from (
  select
    cluster_name,
    log_time,
    query,
    xid,
    service_class_name,
    queue_seconds,
    exec_seconds,
    est_peak_mem,
    row_number() over (partition by cluster_name, query, xid order by log_time desc) = 1 as is_last_attempt
  from queue_attempts
  where log_time >= date_add('day', -7, localtimestamp)  -- :days
) w
join (
  -- one row per id: the attempts of an id that ran twice must count once; its scans have the log_time of its first end
  select q.cluster_name, q.query, q.xid, max(s.rows_read) as rows_read
  from query_runs q
  left join (
    select cluster_name, query, log_time, sum(rows_read) as rows_read
    from table_scans
    where log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
    group by cluster_name, query, log_time
  ) s on s.cluster_name = q.cluster_name and s.query = q.query and s.log_time = q.log_time
  where q.userid > 1
    and q.log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
  group by q.cluster_name, q.query, q.xid
) r using (cluster_name, query, xid)
group by 1, 2, 3
order by cluster_name, hour, service_class_name
