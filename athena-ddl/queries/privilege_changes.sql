-- title: Changes of users and privileges
-- question: Who granted or revoked which privileges, and who created, changed or dropped users?
-- parameters: days = 30
-- what to do: compare with the requests; a grant to PUBLIC is rarely intended
select
  cluster_name,
  endtime,
  userid,
  user_name,
  substr(statement_text, 1, 100) as statement
from utility_statements
where statement_kind in ('grant', 'revoke', 'create user', 'alter user', 'drop user', 'alter default privileges')
  and userid > 1
  and log_time >= date_add('day', -30, localtimestamp)  -- :days
order by endtime desc, cluster_name, statement
limit 100
