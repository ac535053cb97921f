-- title: Changes of users and privileges
-- question: Who granted or revoked which privileges, and who created, changed or dropped users?
-- covers: STL, SYS
-- parameters: days = 30
-- what to do: compare with the requests; a grant to PUBLIC is rarely intended
-- A statement that both stl_utilitytext and sys_query_history have is one row: nth pairs equal statements of a transaction.
with statements as (
  select
    'stl' as source,
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    statement_kind,
    substr(statement_text, 1, 100) as statement
  from utility_statements
  where log_time >= date_add('day', -30, localtimestamp)  -- :days
  union all
  select
    source,
    cluster_name,
    endtime,
    userid,
    user_name,
    xid,
    statement_kind,
    substr(statement_text, 1, 100) as statement
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
from (
  select *, row_number() over (partition by source, cluster_name, xid, statement order by endtime) as nth
  from statements
) numbered
where statement_kind in ('grant', 'revoke', 'create user', 'alter user', 'drop user', 'alter default privileges')
  and userid > 1
group by cluster_name, userid, xid, statement, nth
order by endtime desc, cluster_name, statement
limit 100
