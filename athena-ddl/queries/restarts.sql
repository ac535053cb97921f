-- title: Restarts
-- question: When was each cluster restarted?
-- parameters: days = 90
-- what to do: a restart nobody knows of: look into events of the cluster and its maintenance window; queries before it are aborted ones
select
  cluster_name,
  endtime as restarted_at
from stl_utilitytext
where text like '%xen_is_up.sql%'
  and userid = 1
  and log_time >= date_add('day', -90, localtimestamp)  -- :days
group by cluster_name, endtime
order by cluster_name, restarted_at desc
