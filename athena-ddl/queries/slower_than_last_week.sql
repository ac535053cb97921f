-- title: Slower than the week before
-- question: Which queries got slower, compared with the same queries (ignoring literals) of the week before?
-- covers: STL, SYS
-- parameters: days = 7, times = 1.5
-- what to do: compare the plans of both weeks in stl_explain; check ddl_history, missing_statistics and ghost_rows for the time between
with runs as (
  select
    cluster_name,
    q.query_shape as shape,
    q.log_time >= date_add('day', -7, localtimestamp) as is_now,  -- :days
    q.elapsed_seconds as seconds
  from queries q
  where q.userid > 1
    and q.category = 'query'
    and q.status = 'success'
    and q.log_time >= date_add('day', -7 * 2, localtimestamp)  -- :days * 2
    and q.day >= cast(date_add('day', -7 * 2, localtimestamp) as date)  -- :days * 2
)
select
  cluster_name,
  substr(shape, 1, 60) as query_text,
  count_if(not is_now) as runs_before,
  count_if(is_now) as runs_now,
  round(avg(if(not is_now, seconds)), 1) as seconds_before,
  round(avg(if(is_now, seconds)), 1) as seconds_now,
  round(avg(if(is_now, seconds)) / nullif(avg(if(not is_now, seconds)), 0), 1) as times_slower
from runs
group by cluster_name, shape
having avg(if(is_now, seconds)) > 1.5 * avg(if(not is_now, seconds))  -- :times
order by times_slower desc, cluster_name, query_text
limit 50
