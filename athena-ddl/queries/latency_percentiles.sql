-- title: Latency by the day
-- question: How long do queries take: median, 95th percentile and maximum?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: the median is the usual experience, the 95th percentile the complaints; look at days on which they diverge
select
  cluster_name,
  day,
  count(*) as queries,
  approx_percentile(elapsed_seconds, 0.5) as p50_seconds,
  approx_percentile(elapsed_seconds, 0.95) as p95_seconds,
  max(elapsed_seconds) as slowest_seconds
from queries
where userid > 1
  and category = 'query'
  and status = 'success'
  and log_time >= date_add('day', -30, localtimestamp)  -- :days
  and day >= cast(date_add('day', -30, localtimestamp) as date)  -- :days
group by 1, 2
order by cluster_name, day
