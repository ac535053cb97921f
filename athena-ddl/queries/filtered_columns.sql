-- title: Filters by table
-- question: By which conditions are tables filtered, and how often?
-- covers: STL
-- parameters: days = 7
-- what to do: the column that most filters of a large table use is a candidate for its sort key
select
  cluster_name,
  replace(coalesce(
    regexp_extract(plannode, 'Seq Scan on "((?:[^"]|"")+)"', 1),
    regexp_extract(plannode, 'Seq Scan on (\S+)', 1)), '""', '"') as table_name,
  regexp_replace(
    trim(info),
    '("(?:[^"]|"")*")|''(?:[^'']|'''')*''(?:::[\w ]+(?:\[\])?)?|(^|[^\w)"$.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b',
    part -> if(part[1] is null, concat(coalesce(part[2], ''), '?'), part[1])) as filter,
  count(*) as scans,
  count(distinct (query, log_time)) as queries
from stl_explain
where plannode like '%Seq Scan on%'
  and plannode not like '%Seq Scan on volt\_tt\_%' escape '\'
  and info like 'Filter:%'
  and userid > 1
  and log_time >= date_add('day', -7, localtimestamp)  -- :days
group by 1, 2, 3
order by scans desc, cluster_name, table_name, filter
limit 50
