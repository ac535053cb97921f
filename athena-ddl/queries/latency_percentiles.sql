-- title: Latency by the day
-- question: How long do queries take: median, 95th percentile and maximum?
-- parameters: days = 30
-- what to do: the median is the usual experience, the 95th percentile the complaints; look at days on which they diverge
select
  cluster_name,
  cast(log_time as date) as day,
  count(*) as queries,
  approx_percentile(date_diff('millisecond', starttime, endtime), 0.5) / 1000.0 as p50_seconds,
  approx_percentile(date_diff('millisecond', starttime, endtime), 0.95) / 1000.0 as p95_seconds,
  max(date_diff('millisecond', starttime, endtime)) / 1000.0 as slowest_seconds
from stl_query
where userid > 1
  and aborted = 0
  and log_time >= date_add('day', -30, localtimestamp)  -- :days
group by 1, 2
order by cluster_name, day
