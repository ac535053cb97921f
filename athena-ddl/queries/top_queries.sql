-- title: Top 50 queries by time
-- question: Which query texts took most time in the last days, on which cluster, and with how many optimizer alerts?
-- covers: STL, SYS
-- parameters: days = 7
-- what to do: start at the top; a text with alerts in every run deserves more attention than one that only runs often
select
  cluster_name,
  substr(q.statement_text, 1, 60) as query_text,
  count(*) as runs,
  count_if(q.status <> 'success') as aborted,
  round(sum(q.elapsed_seconds), 1) as total_seconds,
  round(max(q.elapsed_seconds), 1) as slowest_seconds,
  sum(q.alerts) as alerts,
  max(q.query_id) as last_query
from queries q
where q.userid > 1
  and q.category = 'query'
  and q.log_time >= date_add('day', -7, localtimestamp)  -- :days
  and q.day >= cast(date_add('day', -7, localtimestamp) as date)  -- :days
group by cluster_name, q.statement_text
order by total_seconds desc, runs desc, query_text
limit 50
