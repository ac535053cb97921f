-- title: Attempts in queues
-- about: one row per attempt of a query in a service class (stl_wlm_query), without times and numbers that cannot be
-- A time in a queue or in execution that is negative or over 31 days is null, such as that of an attempt that never left its
-- queue (its queue_end_time is a sentinel in the year 2000); so are more than 1,000 slots and more than 10^15 bytes of memory.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_WLM_QUERY.html
CREATE OR REPLACE VIEW queue_attempts AS
SELECT
  attempt.cluster_name,
  attempt.log_time,
  CAST(query AS bigint) AS query,
  CAST(attempt.userid AS bigint) AS userid,
  u.user_name,
  CAST(xid AS bigint) AS xid,
  CAST(task AS bigint) AS task,
  CAST(service_class AS bigint) AS service_class,
  service_class_name,
  CAST(if(slot_count BETWEEN 0 AND 1000, slot_count) AS bigint) AS slot_count,
  service_class_start_time,
  queue_start_time,
  if(date_diff('millisecond', exec_start_time, exec_end_time) BETWEEN 0 AND 2678400000, exec_start_time) AS exec_start_time,
  if(date_diff('millisecond', exec_start_time, exec_end_time) BETWEEN 0 AND 2678400000, exec_end_time) AS exec_end_time,
  if(total_queue_time BETWEEN 0 AND 2678400000000, total_queue_time) / 1e6 AS queue_seconds,
  if(total_exec_time BETWEEN 0 AND 2678400000000, total_exec_time) / 1e6 AS exec_seconds,
  final_state,
  if(est_peak_mem BETWEEN 0 AND 1000000000000000, est_peak_mem) AS est_peak_mem
FROM stl_wlm_query attempt
LEFT JOIN user_names u ON u.cluster_name = attempt.cluster_name AND u.userid = attempt.userid
  AND u.named_from <= attempt.log_time AND u.named_to > attempt.log_time
