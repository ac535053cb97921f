-- title: Restarts
-- question: When was each cluster restarted?
-- covers: STL
-- parameters: days = 90
-- what to do: an unexpected restart: check the cluster's events and its maintenance window; queries that ran at that time were aborted
select
  cluster_name,
  endtime as restarted_at
from stl_utilitytext
where text like '%xen_is_up.sql%'
  and userid = 1
  and log_time >= date_add('day', -90, localtimestamp)  -- :days
group by cluster_name, endtime
order by cluster_name, restarted_at desc
