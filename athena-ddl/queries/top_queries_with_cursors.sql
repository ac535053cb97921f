-- title: Top 50 queries, cursors by what they were declared for
-- question: Which query texts took most time, if FETCH counts for the query of its cursor?
-- parameters: days = 7
-- what to do: clients that fetch through cursors load the leader node; for large results use UNLOAD, or a driver without cursors
with declared as (
  select
    cluster_name,
    xid,
    min_by(regexp_replace(full_text, '(?is)^\s*declare\s.*?\sfor\s+', 'cursor for '), log_time) as cursor_text
  from utility_statements
  where regexp_like(full_text, '(?i)^\s*declare\s')
    and log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
  group by cluster_name, xid
)
select
  cluster_name,
  substr(regexp_replace(
    if(regexp_like(q.querytxt, '(?i)^\s*fetch\s'), coalesce(d.cursor_text, q.querytxt), q.querytxt),
    '(\\n|\s)+', ' '), 1, 60) as query_text,
  count(*) as runs,
  round(sum(date_diff('millisecond', q.starttime, q.endtime)) / 1000.0, 1) as total_seconds,
  max(q.query) as last_query
from stl_query q
left join declared d using (cluster_name, xid)
where q.userid > 1
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
group by 1, 2
order by total_seconds desc, cluster_name, query_text
limit 50
