-- title: Names of tables at a time
-- about: one row per table and name, with the times between which the name applies, as in user_names; tbl is the table id, of one database
-- From pg_class, with views. A table is identified by cluster, database and tbl; see name_periods.
CREATE OR REPLACE VIEW table_names AS
SELECT
  cluster_name,
  database_name,
  id AS tbl,
  schema_name,
  name AS table_name,
  kind,
  owner_id,
  first_seen,
  last_seen,
  named_from,
  named_to
FROM name_periods
WHERE object = 'relation'
