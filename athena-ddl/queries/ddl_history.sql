-- title: History of DDL
-- question: Who created, changed or dropped which object, and when?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: start here when something has been slow or missing since a certain day
-- A statement that both stl_ddltext and sys_query_history have is one row: nth pairs equal statements of a transaction.
with statements as (
  select
    'stl' as source,
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    substr(statement_text, 1, 100) as statement
  from ddl_statements
  where userid > 1
    and log_time >= date_add('day', -30, localtimestamp)  -- :days
  union all
  select
    source,
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    substr(statement_text, 1, 100) as statement
  from queries
  where source = 'sys'
    and (category = 'ddl' or statement_kind = 'create table as')
    and status = 'success'
    and userid > 1
    and log_time >= date_add('day', -30, localtimestamp)  -- :days
)
select
  cluster_name,
  max(endtime) as endtime,
  userid,
  max(user_name) as user_name,
  xid,
  statement
from (
  select *, row_number() over (partition by source, cluster_name, xid, statement order by endtime) as nth
  from statements
) numbered
group by cluster_name, userid, xid, statement, nth
order by endtime desc, cluster_name, statement
limit 100
