-- title: Latency by the day
-- question: How long do queries take: median, 95th percentile and maximum?
-- parameters: days = 30
-- what to do: the median is the usual experience, the 95th percentile the complaints; look at days on which they diverge
select
  cluster_name,
  cast(log_time as date) as day,
  count(*) as queries,
  approx_percentile(seconds, 0.5) as p50_seconds,
  approx_percentile(seconds, 0.95) as p95_seconds,
  max(seconds) as slowest_seconds
from query_runs
where userid > 1
  and aborted = 0
  and log_time >= date_add('day', -30, localtimestamp)  -- :days
group by 1, 2
order by cluster_name, day
