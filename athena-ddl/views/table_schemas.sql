-- title: Schemas of tables by id and name
-- about: one row per table id and name with the database and schema that had it, null where several had the same id and name
-- Logs have the table id and its name at the time, but not its database: ids are those of one database.
CREATE OR REPLACE VIEW table_schemas AS
SELECT
  cluster_name,
  tbl,
  table_name,
  if(count(DISTINCT (database_name, schema_name)) = 1, max(database_name)) AS database_name,
  if(count(DISTINCT (database_name, schema_name)) = 1, max(schema_name)) AS schema_name
FROM table_names
GROUP BY cluster_name, tbl, table_name
