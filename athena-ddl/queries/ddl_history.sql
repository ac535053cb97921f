-- title: History of DDL
-- question: Who created, changed or dropped which object, and when?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: start here when something has been slow or missing since a certain day
-- A statement that both stl_ddltext and sys_query_history have is one row: nth pairs equal statements of a transaction.
with statements as (
  select
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    substr(statement_text, 1, 100) as statement,
    row_number() over (partition by cluster_name, xid, substr(statement_text, 1, 100) order by endtime) as nth
  from ddl_statements
  where userid > 1
    and log_time >= date_add('day', -30, localtimestamp)  -- :days
  union all
  select
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    substr(statement_text, 1, 100) as statement,
    row_number() over (partition by cluster_name, xid, substr(statement_text, 1, 100) order by endtime) as nth
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
from statements
group by cluster_name, userid, xid, statement, nth
order by endtime desc, cluster_name, statement
limit 100
