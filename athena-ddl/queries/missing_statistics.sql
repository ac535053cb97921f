-- title: Tables without statistics
-- question: Which tables lack statistics, so that the planner has to guess?
-- covers: STL
-- parameters: days = 7
-- what to do: run ANALYZE on the table; if it is loaded by COPY, use STATUPDATE ON
select
  cluster_name,
  substr(plan_node, 1, 80) as plan_node,
  count(distinct (query, log_time)) as queries,
  max(log_time) as last_seen
from (
  select
    cluster_name,
    query,
    log_time,
    -- without the planner's temporary tables
    regexp_replace(
      regexp_replace(regexp_replace(trim(plannode), '(, *)?\bvolt_tt_[\w.]+', ''), '(statistics:) *, *', '$1 '), '\s+', ' ') as plan_node
  from stl_explain
  where plannode like '%missing statistics%'
    and userid > 1
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
) e
where regexp_like(plan_node, 'missing statistics: *[^-\s]')
group by 1, 2
order by queries desc, cluster_name, plan_node
limit 50
