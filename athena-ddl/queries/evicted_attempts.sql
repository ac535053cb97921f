-- title: Evicted and restarted attempts
-- question: Which queries were evicted from a queue, and where and how did they end?
-- covers: STL
-- parameters: days = 7
-- what to do: find the rule or time limit that evicts them; a query that always ends in another queue should start there
with attempts as (
  select
    cluster_name,
    task,
    query,
    userid,
    user_name,
    service_class_name,
    final_state,
    log_time,
    exec_seconds,
    lead(query) over attempts_of_task as next_query,
    lead(service_class_name) over attempts_of_task as next_class_name,
    lead(final_state) over attempts_of_task as next_state,
    -- task ids begin again: a later attempt is no restart
    lead(service_class_start_time) over attempts_of_task <= log_time + interval '1' hour as is_restarted
  from queue_attempts
  where userid > 1
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
  window attempts_of_task as (partition by cluster_name, task, userid order by service_class_start_time)
)
select
  cluster_name,
  query,
  userid,
  user_name,
  service_class_name as evicted_from,
  log_time as evicted_at,
  round(exec_seconds, 1) as lost_seconds,
  if(is_restarted, next_query) as restarted_as,
  if(is_restarted, next_class_name) as restarted_in,
  if(is_restarted, next_state) as then_state
from attempts
where final_state = 'Evicted'
order by lost_seconds desc, cluster_name, query
limit 50
