-- title: Names of users at a time
-- about: one row per user and name, with the times between which the name applies: join by userid, log_time >= named_from and log_time < named_to
-- From pg_user. Dropped users keep their names; see name_periods.
CREATE OR REPLACE VIEW user_names AS
SELECT
  cluster_name,
  id AS userid,
  name AS user_name,
  superuser,
  first_seen,
  last_seen,
  named_from,
  named_to
FROM name_periods
WHERE object = 'user'
