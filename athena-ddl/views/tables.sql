-- title: Tables
-- about: one row per table or view and name, with the times between which it was valid, and its owner
-- As in users: valid_to comes from another name of the same id, or from the first complete snapshot of its database that lacks it.
CREATE OR REPLACE VIEW tables AS
SELECT
  n.cluster_name,
  n.database_name,
  n.tbl,
  n.schema_name,
  n.table_name,
  n.kind,
  n.owner_id,
  u.user_name AS owner,
  n.first_seen AS valid_from,
  nullif(least(n.named_to, coalesce(min(c.taken_at), TIMESTAMP '9999-12-31 00:00:00.000000')), TIMESTAMP '9999-12-31 00:00:00.000000') AS valid_to
FROM table_names n
LEFT JOIN user_names u ON u.cluster_name = n.cluster_name AND u.userid = n.owner_id
  AND u.named_from <= n.last_seen AND u.named_to > n.last_seen
LEFT JOIN complete_snapshots c ON c.cluster_name = n.cluster_name AND c.table_name = 'pg_class'
  AND c.database_name = n.database_name AND c.taken_at > n.last_seen
GROUP BY n.cluster_name, n.database_name, n.tbl, n.schema_name, n.table_name, n.kind, n.owner_id, u.user_name, n.first_seen, n.named_to
