-- The runs of queries of one cluster and day, each with the group that it counts for. Spark SQL over views of the cluster's rows of
-- that day (SparkQueryDay): one per input, empty where the cluster does not export it. Parameters: begin and end of the day.
with sys_attempt as (
  select
    'sys' as source,
    h.query_id,
    h.user_id as userid,
    h.transaction_id as xid,
    cast(h.session_id as bigint) as pid,
    h.log_time,
    h.start_time as starttime,
    h.end_time as endtime,
    h.database_name as database,
    nullif(trim(h.service_class_name), '') as queue,
    h.statement_kind,
    coalesce(h.query_shape, shape_of(h.query_text)) as shape,
    if(h.query_shape is null, shape_version(), h.statement_version) as shape_version,
    h.query_text as text,
    h.status = 'canceled' as aborted,
    h.status = 'failed' as failed,
    coalesce(h.result_cache_hit, false) as cached,
    if(h.elapsed_time between 0 and 2678400000000, h.elapsed_time, null) as micros,
    if(h.queue_time between 0 and 2678400000000, h.queue_time, null) as queue_micros,
    if(h.compile_time between 0 and 2678400000000, h.compile_time, null) as compile_micros
  from sys_query_history h
),
sys_detail as (
  select
    query_id,
    log_time,
    sum(cast(if(step_name = 'scan' and table_id > 0 and input_rows between 0 and 1000000000000000, input_rows, null) as decimal(38, 0))) as scanned_rows,
    sum(cast(if(step_name = 'scan' and table_id > 0 and input_bytes between 0 and 1000000000000000, input_bytes, null) as decimal(38, 0))) as scanned_bytes,
    sum(cast(coalesce(spilled_block_local_disk, 0) + coalesce(spilled_block_remote_disk, 0) as decimal(38, 0))) as spilled_mb
  from sys_query_detail
  where metrics_level = 'step'
  group by query_id, log_time
),
stl_attempt as (
  -- without those that a SYS row shows as a whole, as in the view queries
  select
    'stl' as source,
    q.query as query_id,
    q.userid,
    q.xid,
    cast(q.pid as bigint) as pid,
    q.log_time,
    q.starttime,
    q.endtime,
    q.database,
    q.statement_kind,
    coalesce(q.query_shape, shape_of(q.querytxt)) as shape,
    if(q.query_shape is null, shape_version(), q.statement_version) as shape_version,
    q.querytxt as text,
    coalesce(q.aborted, 0) > 0 as aborted,
    if(unix_micros(cast(q.endtime as timestamp)) - unix_micros(cast(q.starttime as timestamp)) between 0 and 2678400000000,
      unix_micros(cast(q.endtime as timestamp)) - unix_micros(cast(q.starttime as timestamp)),
      null) as micros
  from stl_query q
  left anti join sys_query_history h
    on h.transaction_id = q.xid and h.start_time <= q.endtime and h.end_time >= q.starttime
  where q.log_time >= :begin and q.log_time < :end
),
stl_wait as (
  select
    q.userid,
    q.query_id,
    q.log_time,
    q.starttime,
    sum(if(w.total_queue_time between 0 and 2678400000000, w.total_queue_time, null)) as queue_micros,
    max_by(coalesce(nullif(trim(w.service_class_name), ''), concat('service class ', w.service_class)), w.log_time) as queue
  from stl_attempt q
  join stl_wlm_query w
    on w.query = q.query_id and w.xid = q.xid
    and w.log_time >= if(q.micros is null, q.log_time, q.starttime) - interval 1 hour
    and w.log_time <= q.log_time + interval 1 hour
  group by q.userid, q.query_id, q.log_time, q.starttime
),
stl_scanned as (
  select
    query,
    log_time,
    sum(cast(if(rows_pre_filter between 0 and 1000000000000000, rows_pre_filter, null) as decimal(38, 0))) as scanned_rows,
    sum(cast(if(bytes between 0 and 1000000000000000, bytes, null) as decimal(38, 0))) as scanned_bytes
  from stl_scan
  where type = 2 and (perm_table_name is null or not startswith(perm_table_name, 'volt_tt_'))
  group by query, log_time
),
stl_compiled as (
  select
    query,
    log_time,
    sum(unix_micros(cast(endtime as timestamp)) - unix_micros(cast(starttime as timestamp))) as compile_micros
  from svl_compile
  where compile = 1
  group by query, log_time
),
stl_spilled as (
  select query, log_time, sum(blocks_to_disk) as spilled_mb
  from stl_query_metrics
  where segment = -1 and step_type = -1
  group by query, log_time
),
stl_cached as (
  select query, log_time, max(source_query is not null) as cached
  from svl_qlog
  group by query, log_time
),
plan_line as (
  select 'stl' as source, query as query_id, log_time, 0 as child, nodeid as node, parentid as parent, plannode as line
  from stl_explain
  union all
  select 'sys', query_id, log_time, child_query_sequence, plan_node_id, plan_parent_id, plan_node
  from sys_query_explain
),
plan as (
  -- without costs, and without the random names of the planner's tables
  select
    source,
    query_id,
    log_time,
    substr(sha2(concat_ws('\n', transform(
      array_sort(collect_list(struct(
        child,
        node,
        parent,
        trim(regexp_replace(regexp_replace(line, '\\(cost=[^)]*\\)', ''), 'volt_tt_[0-9a-f]+', 'volt_tt')) as line))),
      step -> concat_ws(' ', step.child, step.node, step.parent, step.line))), 256), 1, 16) as plan_id
  from plan_line
  group by source, query_id, log_time
),
connection as (
  select 'stl' as source, cast(pid as bigint) as pid, log_time, nullif(trim(application_name), '') as application_name
  from stl_connection_log
  where event in ('initiating session', 'set application_name')
  union all
  select 'sys', cast(session_id as bigint), log_time, nullif(trim(application_name), '')
  from sys_connection_log
  where event in ('initiating session', 'set application_name')
),
read as (
  select
    q.source, q.query_id, q.userid, q.pid, q.log_time, q.starttime, q.database, w.queue, q.statement_kind, q.shape, q.shape_version,
    q.text, q.aborted, false as failed, coalesce(l.cached, false) as cached, q.micros, w.queue_micros, c.compile_micros,
    s.scanned_rows, s.scanned_bytes, p.spilled_mb
  from stl_attempt q
  left join stl_wait w
    on w.query_id = q.query_id and w.log_time = q.log_time and w.userid <=> q.userid and w.starttime <=> q.starttime
  left join stl_scanned s on s.query = q.query_id and s.log_time = q.log_time
  left join stl_compiled c on c.query = q.query_id and c.log_time = q.log_time
  left join stl_spilled p on p.query = q.query_id and p.log_time = q.log_time
  left join stl_cached l on l.query = q.query_id and l.log_time = q.log_time
  union all
  select
    h.source, h.query_id, h.userid, h.pid, h.log_time, h.starttime, h.database, h.queue, h.statement_kind, h.shape, h.shape_version,
    h.text, h.aborted, h.failed, h.cached, h.micros, h.queue_micros, h.compile_micros,
    d.scanned_rows, d.scanned_bytes, d.spilled_mb
  from sys_attempt h
  left join sys_detail d on d.query_id = h.query_id and d.log_time = h.log_time
  where h.log_time >= :begin and h.log_time < :end
),
application as (
  -- process ids come back: the last connection before the query
  select
    q.source,
    q.pid,
    q.query_id,
    q.log_time,
    max_by(struct(c.application_name), c.log_time).application_name as application_name
  from (select distinct source, pid, query_id, log_time, coalesce(starttime, log_time) as began from read) q
  join connection c on c.source = q.source and c.pid = q.pid and c.log_time <= q.began
  group by q.source, q.pid, q.query_id, q.log_time
),
run as (
  select
    r.*,
    substr(sha2(r.shape, 256), 1, 16) as shape_id,
    p.plan_id,
    a.application_name,
    -- eight buckets for each doubling of the milliseconds
    if(r.micros < 1000, -1, cast(floor(8 * log2(r.micros / 1000)) as int)) as bucket
  from read r
  left join plan p on p.source = r.source and p.query_id = r.query_id and p.log_time = r.log_time
  left join application a
    on a.source = r.source and a.pid = r.pid and a.query_id = r.query_id and a.log_time = r.log_time
)
select
  *,
  sha2(to_json(struct(source, shape_id, shape_version, plan_id, userid, database, queue, application_name)), 256) as group_id
from run
