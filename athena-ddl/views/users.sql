-- title: Users
-- about: one row per user and name, with the times between which it was valid
-- A row begins when the name was first seen. It ends when another name of the user was seen, or with the first complete snapshot
-- that lacks the user; valid_to is null while the user exists. Dropped users stay in the list.
CREATE OR REPLACE VIEW users AS
SELECT
  n.cluster_name,
  n.userid,
  n.user_name,
  n.superuser,
  n.first_seen AS valid_from,
  nullif(least(n.named_to, coalesce(min(c.taken_at), TIMESTAMP '9999-12-31 00:00:00.000000')), TIMESTAMP '9999-12-31 00:00:00.000000') AS valid_to
FROM user_names n
LEFT JOIN complete_snapshots c ON c.cluster_name = n.cluster_name AND c.table_name = 'pg_user' AND c.taken_at > n.last_seen
GROUP BY n.cluster_name, n.userid, n.user_name, n.superuser, n.first_seen, n.named_to
