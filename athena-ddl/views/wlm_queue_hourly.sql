-- title: Queues by the hour
-- about: one row per cluster, hour and service class; an attempt counts in the hour in which it left the class
-- Filter by day (and hour), so that only those days are read. Service classes 1 to 4 are reserved for Redshift.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_STL_WLM_QUERY.html
CREATE OR REPLACE VIEW wlm_queue_hourly AS
SELECT
  cluster_name,
  CAST(log_time AS date) AS day,
  date_trunc('hour', log_time) AS hour,
  service_class,
  max(service_class_name) AS service_class_name,
  count(*) AS attempts,
  count_if(queue_seconds > 0) AS waited,
  count_if(final_state = 'Evicted') AS evicted,
  sum(queue_seconds) AS queue_seconds,
  max(queue_seconds) AS longest_queue_seconds,
  sum(exec_seconds) AS exec_seconds,
  sum(exec_seconds * slot_count) AS slot_seconds
FROM queue_attempts
WHERE userid > 1 AND service_class > 4
GROUP BY cluster_name, CAST(log_time AS date), date_trunc('hour', log_time), service_class
