-- title: Before and after a resize
-- question: Did queries get faster after a cluster changed its node type or number of nodes?
-- covers: STL, SYS
-- parameters: days = 7, lookback = 90
-- what to do: if nothing got faster, the nodes were not the bottleneck: see queue_waits and redistribution
-- Only queries of the state before and of the state after a change count: those that lie between it and the changes next to it.
with states as (
  select
    cluster_name,
    log_time as changed_at,
    concat(node_type, ' x ', cast(number_of_nodes as varchar)) as nodes,
    lag(concat(node_type, ' x ', cast(number_of_nodes as varchar))) over (partition by cluster_name order by log_time) as nodes_before
  from clusters
), changes as (
  select
    cluster_name,
    changed_at,
    nodes_before,
    nodes as nodes_after,
    lag(changed_at) over (partition by cluster_name order by changed_at) as previous_change,
    lead(changed_at) over (partition by cluster_name order by changed_at) as next_change
  from states
  where nodes_before <> nodes
), runs as (
  select cluster_name, c.changed_at, c.nodes_before, c.nodes_after, q.elapsed_seconds as seconds, q.log_time <= c.changed_at as is_before
  from changes c
  join queries q using (cluster_name)
  where q.log_time >= greatest(date_add('day', -7, c.changed_at), coalesce(c.previous_change, timestamp '1970-01-01'))  -- :days
    and q.log_time < least(date_add('day', 7, c.changed_at), coalesce(c.next_change, timestamp '9999-01-01'))  -- :days
    and q.userid > 1
    and q.category = 'query'
    and q.status = 'success'
    and q.log_time >= date_add('day', -90, localtimestamp)  -- :lookback
    and q.day >= cast(date_add('day', -90, localtimestamp) as date)  -- :lookback
    -- neither before nor after: runs over the change, and those that began before the state
    and (q.log_time <= c.changed_at or q.starttime >= c.changed_at)
    and (c.previous_change is null or q.starttime >= c.previous_change)
)
select
  cluster_name,
  changed_at,
  nodes_before,
  nodes_after,
  count_if(is_before) as queries_before,
  count_if(not is_before) as queries_after,
  approx_percentile(if(is_before, seconds), 0.5) as p50_before,
  approx_percentile(if(not is_before, seconds), 0.5) as p50_after,
  max(if(is_before, seconds)) as slowest_before,
  max(if(not is_before, seconds)) as slowest_after
from runs
group by 1, 2, 3, 4
order by changed_at desc, cluster_name
