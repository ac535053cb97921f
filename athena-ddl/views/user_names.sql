-- title: Names of users at a time
-- about: one row per user and name, with the times between which the name applies: join by userid, log_time >= named_from and log_time < named_to
-- From pg_user. A name applies until another one is seen; the first one applies before it was seen, the last one for good, so
-- that logs from before the first snapshot and of dropped users have names. Without snapshots there is no row.
CREATE OR REPLACE VIEW user_names AS
SELECT
  cluster_name,
  userid,
  user_name,
  superuser,
  first_seen,
  last_seen,
  if(lag(first_seen) OVER names IS NULL, TIMESTAMP '1970-01-01 00:00:00.000000', first_seen) AS named_from,
  coalesce(lead(first_seen) OVER names, TIMESTAMP '9999-12-31 00:00:00.000000') AS named_to
FROM (
  SELECT
    cluster_name,
    userid,
    user_name,
    max_by(superuser, log_time) AS superuser,
    min(log_time) AS first_seen,
    max(log_time) AS last_seen
  FROM (
    SELECT
      *,
      count_if(is_other_name) OVER (PARTITION BY cluster_name, userid ORDER BY log_time) AS name_number
    FROM (
      SELECT
        cluster_name,
        log_time,
        CAST(usesysid AS bigint) AS userid,
        usename AS user_name,
        usesuper AS superuser,
        usename IS DISTINCT FROM lag(usename) OVER (PARTITION BY cluster_name, usesysid ORDER BY log_time) AS is_other_name
      FROM pg_user
    ) compared
  ) numbered
  GROUP BY cluster_name, userid, user_name, name_number
) named
WINDOW names AS (PARTITION BY cluster_name, userid ORDER BY first_seen)
