-- title: Share of concurrency scaling
-- question: How much of the work ran on concurrency-scaling clusters per day?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: a large share every day costs more than slots or nodes; no share although queries wait: enable it for that queue
select
  cluster_name,
  q.day,
  count(*) as queries,
  count_if(q.concurrency_scaling) as scaled,
  round(sum(if(q.concurrency_scaling, q.elapsed_seconds, 0)), 1) as scaled_seconds,
  round(100.0 * sum(if(q.concurrency_scaling, q.elapsed_seconds, 0)) / nullif(sum(q.elapsed_seconds), 0), 1) as scaled_percent
from queries q
where q.userid > 1
  and q.category = 'query'
  and q.log_time >= date_add('day', -30, localtimestamp)  -- :days
  and q.day >= cast(date_add('day', -30, localtimestamp) as date)  -- :days
group by 1, 2
order by cluster_name, day
