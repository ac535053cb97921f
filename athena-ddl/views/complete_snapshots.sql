-- title: Complete snapshots
-- about: one row per snapshot of names that shows everything: what it does not have does not exist
-- A snapshot counts if the run had no doubt about it (reason is null) and if the lake has all of its rows. Not those that failed,
-- or that have suddenly less than half of the rows: a user that sees less is no mass drop.
CREATE OR REPLACE VIEW complete_snapshots AS
SELECT
  n.cluster_name,
  n.table_name,
  n.database_name,
  n.taken_at
FROM snapshots_taken n
LEFT JOIN (
  SELECT 'pg_user' AS table_name, cluster_name, CAST(NULL AS varchar) AS database_name, log_time, count(*) AS row_count
  FROM pg_user
  GROUP BY cluster_name, log_time
  UNION ALL
  SELECT 'pg_class' AS table_name, cluster_name, database_name, log_time, count(*) AS row_count
  FROM pg_class
  GROUP BY cluster_name, database_name, log_time
) s ON s.cluster_name = n.cluster_name AND s.table_name = n.table_name AND s.log_time = n.taken_at
  AND coalesce(s.database_name, '') = coalesce(n.database_name, '')
WHERE n.table_name IN ('pg_user', 'pg_class')
  AND n.reason IS NULL
  AND n.row_count = coalesce(s.row_count, 0)
GROUP BY n.cluster_name, n.table_name, n.database_name, n.taken_at
