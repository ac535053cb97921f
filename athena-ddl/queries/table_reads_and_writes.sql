-- title: Reads and writes of tables
-- question: Which tables are written more often than they are read?
-- covers: STL
-- parameters: days = 7
-- what to do: a table that is written hourly and read once a day can be loaded once a day; deletes and updates require vacuum
-- Reads have a table id, writes have a schema, and nothing tells which belong together: they are one row if the name has one id
-- and one schema. Otherwise each id and each schema has a row of its own.
with reads as (
  select
    cluster_name,
    lower(table_name) as table_name,
    max(schema_name) as schema_name,
    tbl,
    count(*) as reads,
    count(*) over (partition by cluster_name, lower(table_name)) as ids
  from table_scans
  where userid > 1
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
  group by cluster_name, lower(table_name), tbl
), writes as (
  select
    cluster_name,
    target_table as table_name,
    coalesce(target_schema, max(target_schema) over (partition by cluster_name, target_table)) as schema_name,
    statement_kind
  from query_runs
  where userid > 1
    and aborted = 0
    and statement_kind in ('insert', 'copy', 'update', 'delete', 'merge', 'create table as', 'truncate')
    and target_table is not null
    and log_time >= date_add('day', -7, localtimestamp)  -- :days
), written as (
  select
    cluster_name,
    table_name,
    schema_name,
    count_if(statement_kind in ('insert', 'copy', 'create table as')) as inserts,
    count_if(statement_kind in ('update', 'delete', 'merge', 'truncate')) as updates_and_deletes,
    count(*) over (partition by cluster_name, table_name) as schemas
  from writes
  group by cluster_name, table_name, schema_name
), named as (
  select
    cluster_name,
    table_name,
    coalesce(r.reads, 0) as reads,
    coalesce(w.inserts, 0) as inserts,
    coalesce(w.updates_and_deletes, 0) as updates_and_deletes,
    coalesce(w.schema_name, r.schema_name) as schema_name,
    r.tbl
  from (select * from written where schemas = 1) w
  full join (select * from reads where ids = 1) r using (cluster_name, table_name)
)
select cluster_name, table_name, reads, inserts, updates_and_deletes, schema_name, tbl
from named
union all
select cluster_name, table_name, reads, 0, 0, schema_name, tbl
from reads
where ids > 1
union all
select cluster_name, table_name, 0, inserts, updates_and_deletes, schema_name, null
from written
where schemas > 1
order by inserts + updates_and_deletes desc, reads desc, cluster_name, table_name, tbl, schema_name
limit 100
