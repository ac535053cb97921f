-- title: Names with their times
-- about: one row per user, table or view and name, with the times between which the name applies: what user_names and table_names give
-- From the snapshots pg_user and pg_class. A name applies until another one is seen; the first one applies before it was seen, the
-- last one for good, so that logs from before the first snapshot and of what was dropped have names. Without snapshots there is
-- no row. object is user or relation: filter by it, so that only one of the two tables is read.
CREATE OR REPLACE VIEW name_periods AS
SELECT
  object,
  cluster_name,
  database_name,
  id,
  schema_name,
  name,
  superuser,
  kind,
  owner_id,
  first_seen,
  last_seen,
  if(lag(first_seen) OVER names IS NULL, TIMESTAMP '1970-01-01 00:00:00.000000', first_seen) AS named_from,
  coalesce(lead(first_seen) OVER names, TIMESTAMP '9999-12-31 00:00:00.000000') AS named_to
FROM (
  SELECT
    object,
    cluster_name,
    database_name,
    id,
    schema_name,
    name,
    max_by(superuser, log_time) AS superuser,
    max_by(kind, log_time) AS kind,
    max_by(owner_id, log_time) AS owner_id,
    min(log_time) AS first_seen,
    max(log_time) AS last_seen
  FROM (
    SELECT
      *,
      count_if(is_other_name) OVER (PARTITION BY object, cluster_name, database_name, id ORDER BY log_time) AS name_number
    FROM (
      SELECT
        *,
        (schema_name, name) IS DISTINCT FROM (lag(schema_name) OVER ids, lag(name) OVER ids) AS is_other_name
      FROM (
        SELECT
          'user' AS object,
          cluster_name,
          log_time,
          CAST(NULL AS varchar) AS database_name,
          CAST(usesysid AS bigint) AS id,
          CAST(NULL AS varchar) AS schema_name,
          usename AS name,
          usesuper AS superuser,
          CAST(NULL AS varchar) AS kind,
          CAST(NULL AS bigint) AS owner_id
        FROM pg_user
        UNION ALL
        SELECT
          'relation',
          cluster_name,
          log_time,
          database_name,
          CAST(relid AS bigint),
          schema_name,
          relname,
          CAST(NULL AS boolean),
          CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE relkind END,
          CAST(relowner AS bigint)
        FROM pg_class
      ) snapshots
      WINDOW ids AS (PARTITION BY object, cluster_name, database_name, id ORDER BY log_time)
    ) compared
  ) numbered
  GROUP BY object, cluster_name, database_name, id, schema_name, name, name_number
) named
WINDOW names AS (PARTITION BY object, cluster_name, database_name, id ORDER BY first_seen)
