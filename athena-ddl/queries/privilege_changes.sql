-- title: Changes of users and privileges
-- question: Who granted or revoked which privileges, and who created, changed or dropped users?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: compare with the requests; a grant to PUBLIC is rarely intended
-- A statement that both stl_utilitytext and sys_query_history have is one row: nth pairs equal statements of a transaction.
with statements as (
  select
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    statement_kind,
    substr(statement_text, 1, 100) as statement,
    row_number() over (partition by cluster_name, xid, substr(statement_text, 1, 100) order by endtime) as nth
  from utility_statements
  where log_time >= date_add('day', -30, localtimestamp)  -- :days
  union all
  select
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    statement_kind,
    substr(statement_text, 1, 100) as statement,
    row_number() over (partition by cluster_name, xid, substr(statement_text, 1, 100) order by endtime) as nth
  from queries
  where source = 'sys'
    and status = 'success'
    and log_time >= date_add('day', -30, localtimestamp)  -- :days
)
select
  cluster_name,
  max(endtime) as endtime,
  userid,
  max(user_name) as user_name,
  statement
from statements
where statement_kind in ('grant', 'revoke', 'create user', 'alter user', 'drop user', 'alter default privileges')
  and userid > 1
group by cluster_name, userid, xid, statement, nth
order by endtime desc, cluster_name, statement
limit 100
