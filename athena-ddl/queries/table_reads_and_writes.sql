-- title: Reads and writes of tables
-- question: Which tables are written more often than they are read?
-- parameters: days = 7
-- what to do: a table that is written hourly and read once a day can be loaded once a day; deletes and updates require vacuum
with reads as (
  select cluster_name, table_name, count(*) as reads
  from table_scans
  where userid > 1
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
  group by cluster_name, table_name
), writes as (
  select
    cluster_name,
    regexp_extract(
      lower(querytxt),
      '^\s*(insert\s+into|update|delete\s+from|copy)\s+(?:"?\w+"?\.)?"?(\w+)"?', 2) as table_name,
    count_if(regexp_like(querytxt, '(?i)^\s*(insert|copy)\s')) as inserts,
    count_if(regexp_like(querytxt, '(?i)^\s*(update|delete)\s')) as updates_and_deletes
  from stl_query
  where userid > 1
    and aborted = 0
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
  group by 1, 2
)
select
  cluster_name,
  table_name,
  coalesce(r.reads, 0) as reads,
  coalesce(w.inserts, 0) as inserts,
  coalesce(w.updates_and_deletes, 0) as updates_and_deletes
from (select * from writes where table_name is not null) w
full join reads r using (cluster_name, table_name)
order by inserts + updates_and_deletes desc, reads desc, cluster_name, table_name
limit 100
