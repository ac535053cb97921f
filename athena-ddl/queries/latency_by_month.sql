-- title: Latency by the month
-- question: How did the number of queries, their median and their 95th percentile develop over months, per cluster?
-- covers: STL, SYS
-- parameters: days = 365
-- what to do: look for the month in which both rose; then ask slower_than_last_week, or query_days_latest by shape, around it
with buckets as (
  select
    cluster_name,
    date_trunc('month', day) as month,
    bucket,
    sum(runs) as runs
  from (
    select cluster_name, day, duration_buckets
    from query_days_latest
    where userid > 1 and day >= cast(date_add('day', -365, localtimestamp) as date)  -- :days
  ) d
  cross join unnest(d.duration_buckets) as b (bucket, runs)
  group by 1, 2, 3
),
ranks as (
  select
    cluster_name,
    month,
    bucket,
    sum(runs) over (partition by cluster_name, month order by bucket) as up_to,
    sum(runs) over (partition by cluster_name, month) as runs
  from buckets
)
select
  cluster_name,
  month,
  max(runs) as queries,
  round(pow(2, (min(if(up_to >= 0.5 * runs, bucket)) + 0.5e0) / 8) / 1e3, 3) as p50_seconds,
  round(pow(2, (min(if(up_to >= 0.95 * runs, bucket)) + 0.5e0) / 8) / 1e3, 3) as p95_seconds,
  round(pow(2, (max(bucket) + 1) / 8e0) / 1e3, 3) as slowest_at_most_seconds
from ranks
group by 1, 2
order by 1, 2
