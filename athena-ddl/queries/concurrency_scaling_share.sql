-- title: Share of concurrency scaling
-- question: How much of the work ran on concurrency-scaling clusters per day?
-- parameters: days = 30
-- what to do: a large share every day costs more than slots or nodes; no share although queries wait: enable it for that queue
select
  cluster_name,
  cast(q.log_time as date) as day,
  count(*) as queries,
  count_if(q.concurrency_scaling_status = 1) as scaled,
  round(sum(if(q.concurrency_scaling_status = 1, q.seconds, 0)), 1) as scaled_seconds,
  round(100.0 * sum(if(q.concurrency_scaling_status = 1, q.seconds, 0)) / nullif(sum(q.seconds), 0), 1)
    as scaled_percent
from (
  select
    cluster_name,
    log_time,
    concurrency_scaling_status,
    seconds
  from query_runs
  where userid > 1
    and log_time >= date_add('day', -30, localtimestamp)  -- :days
) q
group by 1, 2
order by cluster_name, day
