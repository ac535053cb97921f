-- title: Rows sent between nodes
-- question: Which queries broadcast or redistribute tables in joins?
-- covers: STL
-- parameters: days = 7
-- what to do: give both tables the join column as DISTKEY, or a small table DISTSTYLE ALL; DS_DIST_BOTH and DS_BCAST_INNER cost most
select
  cluster_name,
  regexp_extract(e.plannode, 'DS_(BCAST_INNER|DIST_ALL_INNER|DIST_BOTH|DIST_INNER|DIST_OUTER)') as movement,
  query,
  round(q.seconds, 1) as seconds,
  count(*) as joins,
  substr(q.statement_text, 1, 60) as query_text
from query_runs q
join stl_explain e using (cluster_name, query, log_time)
where regexp_like(e.plannode, 'DS_(BCAST_INNER|DIST_ALL_INNER|DIST_BOTH|DIST_INNER|DIST_OUTER)')
  and q.userid > 1
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by 1, 2, 3, 4, 6
order by seconds desc, cluster_name, query, movement
limit 50
