-- title: History of DDL
-- question: Who created, changed or dropped which object, and when?
-- parameters: days = 30
-- what to do: start here when something has been slow or missing since a certain day
select
  cluster_name,
  endtime,
  userid,
  user_name,
  xid,
  substr(statement_text, 1, 100) as statement
from ddl_statements
where userid > 1
  and log_time >= date_add('day', -30, localtimestamp)  -- :days
order by endtime desc, cluster_name, statement
limit 100
