-- title: Evicted and restarted attempts
-- question: Which queries were evicted from a queue, and where and how did they end?
-- parameters: days = 7
-- what to do: find the rule or time limit that evicts them; a query that always ends in another queue should start there
with attempts as (
  select
    cluster_name,
    task,
    query,
    userid,
    service_class_name,
    final_state,
    log_time,
    total_exec_time,
    lead(query) over attempts_of_task as restarted_as,
    lead(service_class_name) over attempts_of_task as restarted_in,
    lead(final_state) over attempts_of_task as then_state
  from stl_wlm_query
  where userid > 1
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
  window attempts_of_task as (partition by cluster_name, task, userid order by service_class_start_time)
)
select
  cluster_name,
  query,
  userid,
  service_class_name as evicted_from,
  log_time as evicted_at,
  round(total_exec_time / 1000000.0, 1) as lost_seconds,
  restarted_as,
  restarted_in,
  then_state
from attempts
where final_state = 'Evicted'
order by lost_seconds desc, cluster_name, query
limit 50
