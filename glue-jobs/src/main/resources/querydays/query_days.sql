-- The groups of the runs of a day (runs.sql), and their total.
with alert_kind as (
  select 'stl' as source, query as query_id, log_time, trim(split(event, ':')[0]) as kind
  from stl_alert_event_log
  union all
  select 'sys', query_id, log_time, trim(split(alert, ':')[0])
  from sys_query_detail
  where metrics_level = 'step' and alert <> ''
),
counted as (
  select r.*, part from run_of_day r lateral view explode(array(group_id, 'total')) parts as part
),
bucketed as (
  select part, map_from_entries(array_sort(collect_list(struct(bucket, runs)))) as duration_buckets
  from (select part, bucket, count(*) as runs from counted where bucket is not null group by part, bucket)
  group by part
),
alerted as (
  select part, map_from_entries(array_sort(collect_list(struct(kind, alerts)))) as alerts
  from (
    select c.part, k.kind, count(*) as alerts
    from counted c
    join alert_kind k on k.source = c.source and k.query_id = c.query_id and k.log_time = c.log_time
    where k.kind <> ''
    group by c.part, k.kind
  )
  group by part
),
summed as (
  select
    part,
    part = 'total' as is_total,
    if(part = 'total', null, first(source)) as source,
    if(part = 'total', null, first(shape_id)) as shape_id,
    if(part = 'total', null, first(shape)) as query_shape,
    if(part = 'total', null, first(shape_version)) as shape_version,
    if(part = 'total', null, first(plan_id)) as plan_id,
    if(part = 'total', null, first(statement_kind)) as statement_kind,
    if(part = 'total', null, first(userid)) as userid,
    if(part = 'total', null, first(database)) as database,
    if(part = 'total', null, first(queue)) as queue,
    if(part = 'total', null, first(application_name)) as application_name,
    count(*) as runs,
    count_if(aborted) as aborted,
    count_if(failed) as failed,
    count_if(cached) as cached,
    count(micros) as timed_runs,
    sum(micros) / 1e6 as seconds,
    max(micros) / 1e6 as max_seconds,
    sum(queue_micros) / 1e6 as queue_seconds,
    max(queue_micros) / 1e6 as max_queue_seconds,
    sum(compile_micros) / 1e6 as compile_seconds,
    sum(scanned_rows) as scanned_rows,
    sum(scanned_bytes) as scanned_bytes,
    sum(spilled_mb) as spilled_mb,
    min(log_time) as first_run,
    max(log_time) as last_run,
    -- the longest run
    max_by(struct(query_id, text), coalesce(micros, -1)) as example
  from counted
  group by part
)
select
  s.is_total,
  s.source,
  s.shape_id,
  s.query_shape,
  cast(s.shape_version as int) as shape_version,
  s.plan_id,
  s.statement_kind,
  cast(s.userid as bigint) as userid,
  s.database,
  s.queue,
  s.application_name,
  s.runs,
  s.aborted,
  s.failed,
  s.cached,
  s.timed_runs,
  cast(s.seconds as double) as seconds,
  cast(s.max_seconds as double) as max_seconds,
  cast(s.queue_seconds as double) as queue_seconds,
  cast(s.max_queue_seconds as double) as max_queue_seconds,
  cast(s.compile_seconds as double) as compile_seconds,
  cast(if(s.scanned_rows > 9223372036854775807, 9223372036854775807, s.scanned_rows) as bigint) as scanned_rows,
  cast(if(s.scanned_bytes > 9223372036854775807, 9223372036854775807, s.scanned_bytes) as bigint) as scanned_bytes,
  cast(if(s.spilled_mb > 9223372036854775807, 9223372036854775807, s.spilled_mb) as bigint) as spilled_mb,
  b.duration_buckets,
  a.alerts,
  s.first_run,
  s.last_run,
  s.example.query_id as example_query_id,
  left(trim(s.example.text), 1000) as example_text
from summed s
left join bucketed b on b.part = s.part
left join alerted a on a.part = s.part
