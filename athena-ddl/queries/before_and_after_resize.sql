-- title: Before and after a resize
-- question: Did queries get faster after a cluster changed its node type or number of nodes?
-- parameters: days = 7, lookback = 90
-- what to do: if nothing got faster, the nodes were not the bottleneck: see queue_waits and redistribution
with changes as (
  select
    cluster_name,
    log_time as changed_at,
    concat(lag(node_type) over states, ' x ', cast(lag(number_of_nodes) over states as varchar)) as nodes_before,
    concat(node_type, ' x ', cast(number_of_nodes as varchar)) as nodes_after
  from clusters
  window states as (partition by cluster_name order by log_time)
)
select
  cluster_name,
  c.changed_at,
  c.nodes_before,
  c.nodes_after,
  count_if(q.log_time < c.changed_at) as queries_before,
  count_if(q.log_time >= c.changed_at) as queries_after,
  approx_percentile(
    if(q.log_time < c.changed_at, date_diff('millisecond', q.starttime, q.endtime)), 0.5) / 1000.0 as p50_before,
  approx_percentile(
    if(q.log_time >= c.changed_at, date_diff('millisecond', q.starttime, q.endtime)), 0.5) / 1000.0 as p50_after,
  max(if(q.log_time < c.changed_at, date_diff('millisecond', q.starttime, q.endtime))) / 1000.0 as slowest_before,
  max(if(q.log_time >= c.changed_at, date_diff('millisecond', q.starttime, q.endtime))) / 1000.0 as slowest_after
from changes c
join stl_query q using (cluster_name)
where c.nodes_before <> c.nodes_after
  and q.log_time >= date_add('day', -7, c.changed_at)  -- :days
  and q.log_time < date_add('day', 7, c.changed_at)  -- :days
  and q.userid > 1
  and q.aborted = 0
  and q.log_time >= date_add('day', -90, localtimestamp)  -- :lookback
group by 1, 2, 3, 4
order by c.changed_at desc, cluster_name
