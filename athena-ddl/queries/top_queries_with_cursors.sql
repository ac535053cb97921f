-- title: Top 50 queries, cursors by what they were declared for
-- question: Which query texts took most time, if FETCH counts for the query of its cursor?
-- covers: STL
-- parameters: days = 7
-- what to do: clients that fetch through cursors load the leader node; for large results use UNLOAD, or a driver without cursors
with declared as (
  select
    cluster_name,
    xid,
    log_time as declared_at,
    lower(replace(regexp_replace(
      regexp_extract(statement_text, '(?i)^declare\s+("(?:[^"]|"")+"|\S+)', 1), '^"|"$', ''), '""', '"')) as cursor_name,
    regexp_replace(statement_text, '(?i)^declare\s.*?\sfor\s+', 'cursor for ') as cursor_text
  from utility_statements
  where statement_kind = 'declare'
    and log_time >= date_add('day', -7 - 1, localtimestamp)  -- :days + 1
), fetches as (
  -- the cursor of this name that was declared last; ids of transactions begin again in a cluster that is created again
  select cluster_name, q.query, q.log_time, max_by(d.cursor_text, d.declared_at) as cursor_text
  from query_runs q
  join declared d using (cluster_name, xid)
  where q.statement_kind = 'fetch'
    and q.target_table = d.cursor_name
    and d.declared_at <= q.log_time
    and d.declared_at >= date_add('day', -1, q.log_time)
    and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
  group by cluster_name, q.query, q.log_time
)
select
  q.cluster_name,
  substr(coalesce(f.cursor_text, q.statement_text), 1, 60) as query_text,
  count(*) as runs,
  round(sum(q.seconds), 1) as total_seconds,
  max(q.query) as last_query
from query_runs q
left join fetches f on f.cluster_name = q.cluster_name and f.query = q.query and f.log_time = q.log_time
where q.userid > 1
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
group by q.cluster_name, coalesce(f.cursor_text, q.statement_text)
order by total_seconds desc, cluster_name, query_text
limit 50
