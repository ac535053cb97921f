-- title: Most slots in use at a time
-- question: How many slots of each queue were busy at the same time at most, and when?
-- covers: STL
-- parameters: days = 7
-- what to do: a queue that never uses all its slots can give some away; a queue at its limit while queries wait needs more
with changes as (
  select cluster_name, service_class, service_class_name, exec_start_time as at, slot_count as slots
  from queue_attempts
  where userid > 1
    and exec_end_time > exec_start_time
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
  union all
  select cluster_name, service_class, service_class_name, exec_end_time as at, -slot_count as slots
  from queue_attempts
  where userid > 1
    and exec_end_time > exec_start_time
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
), levels as (
  select
    cluster_name,
    service_class,
    service_class_name,
    at,
    sum(slots) over (
      partition by cluster_name, service_class order by at, slots rows unbounded preceding) as busy_slots
  from changes
), ranked as (
  select *, row_number() over (partition by cluster_name, service_class order by busy_slots desc, at) as place
  from levels
)
select cluster_name, service_class, service_class_name, busy_slots, at as first_at
from ranked
where place = 1
order by cluster_name, service_class
