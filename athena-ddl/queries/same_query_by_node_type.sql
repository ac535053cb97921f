-- title: The same query by node type
-- question: How long does the same query take on each node type and number of nodes, in seconds and in node-seconds?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: multiply node_seconds by the price of a node-second: the lowest product is the cheapest place for that query
with states as (
  select
    cluster_name,
    node_type,
    number_of_nodes,
    log_time as first_seen,
    lead(log_time) over (partition by cluster_name order by log_time) as next_first_seen
  from clusters
), runs as (
  select
    cluster_name,
    q.log_time,
    q.query_shape as shape,
    q.elapsed_seconds as seconds
  from queries q
  where q.userid > 1
    and q.category = 'query'
    and q.status = 'success'
    and q.log_time >= date_add('day', -30, localtimestamp)  -- :days
    and q.day >= cast(date_add('day', -30, localtimestamp) as date)  -- :days
), placed as (
  select r.shape, r.seconds, cluster_name, s.node_type, s.number_of_nodes
  from runs r
  join states s using (cluster_name)
  where r.log_time >= s.first_seen
    and (s.next_first_seen is null or r.log_time < s.next_first_seen)
), by_nodes as (
  select
    shape,
    node_type,
    number_of_nodes,
    count(*) as runs,
    count(distinct cluster_name) as clusters,
    avg(seconds) as seconds,
    count(*) over (partition by shape) as kinds
  from placed
  group by shape, node_type, number_of_nodes
)
select
  substr(shape, 1, 60) as query_text,
  node_type,
  number_of_nodes,
  clusters,
  runs,
  round(seconds, 1) as average_seconds,
  round(seconds * number_of_nodes, 1) as node_seconds
from by_nodes
where kinds > 1
order by query_text, node_seconds, node_type, number_of_nodes
limit 100
