-- title: Names of tables at a time
-- about: one row per table and name, with the times between which the name applies, as in user_names; tbl is the table id, of one database
-- From pg_class, with views. A table is identified by cluster, database and tbl.
CREATE OR REPLACE VIEW table_names AS
SELECT
  cluster_name,
  database_name,
  tbl,
  schema_name,
  table_name,
  kind,
  owner_id,
  first_seen,
  last_seen,
  if(lag(first_seen) OVER names IS NULL, TIMESTAMP '1970-01-01 00:00:00.000000', first_seen) AS named_from,
  coalesce(lead(first_seen) OVER names, TIMESTAMP '9999-12-31 00:00:00.000000') AS named_to
FROM (
  SELECT
    cluster_name,
    database_name,
    tbl,
    schema_name,
    table_name,
    max_by(kind, log_time) AS kind,
    max_by(owner_id, log_time) AS owner_id,
    min(log_time) AS first_seen,
    max(log_time) AS last_seen
  FROM (
    SELECT
      *,
      count_if(is_other_name) OVER (PARTITION BY cluster_name, database_name, tbl ORDER BY log_time) AS name_number
    FROM (
      SELECT
        cluster_name,
        log_time,
        database_name,
        relid AS tbl,
        schema_name,
        relname AS table_name,
        CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE relkind END AS kind,
        CAST(relowner AS bigint) AS owner_id,
        (schema_name, relname) IS DISTINCT FROM (lag(schema_name) OVER ids, lag(relname) OVER ids) AS is_other_name
      FROM pg_class
      WINDOW ids AS (PARTITION BY cluster_name, database_name, relid ORDER BY log_time)
    ) compared
  ) numbered
  GROUP BY cluster_name, database_name, tbl, schema_name, table_name, name_number
) named
WINDOW names AS (PARTITION BY cluster_name, database_name, tbl ORDER BY first_seen)
