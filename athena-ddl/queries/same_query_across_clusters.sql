-- title: The same query on several clusters
-- question: Which queries run on more than one cluster, and how long do they take on each?
-- covers: STL, SYS
-- parameters: days = 7
-- what to do: if a query is faster on the smaller cluster, its size is not the bottleneck
with runs as (
  select
    cluster_name,
    q.query_shape as shape,
    q.elapsed_seconds as seconds
  from queries q
  where q.userid > 1
    and q.category = 'query'
    and q.status = 'success'
    and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
    and q.day >= cast(date_add('day', -7, localtimestamp) as date)  -- :days
), by_cluster as (
  select
    cluster_name,
    shape,
    count(*) as runs,
    avg(seconds) as seconds,
    count(*) over (partition by shape) as clusters,
    min(avg(seconds)) over (partition by shape) as fastest
  from runs
  group by cluster_name, shape
)
select
  substr(shape, 1, 60) as query_text,
  cluster_name,
  runs,
  round(seconds, 1) as average_seconds,
  round(seconds / nullif(fastest, 0), 1) as times_fastest
from by_cluster
where clusters > 1
order by query_text, average_seconds, cluster_name
limit 100
