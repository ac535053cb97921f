-- title: Completeness of days
-- about: one row per cluster, table and day: whether its rows are complete, according to the last entry of sealed_days; open days of the last ten days
-- state is open (not sealed yet), sealed (the lake has each row that the source showed), resealed (sealed again, because rows
-- were late), counted_only (the source showed less than the lake, or the table is not read again) never_sealed (the source
-- had trimmed the day before it was sealed) or gap (another source took its place before the day was sealed). late_rows are the rows that sealing has added in all.
CREATE OR REPLACE VIEW completeness AS
WITH entries AS (
  SELECT
    cluster_name,
    table_name,
    day,
    max(revision) AS revision,
    max_by(state, revision) AS state,
    max_by(source_rows, revision) AS source_rows,
    max_by(lake_rows, revision) AS lake_rows,
    sum(late_rows) AS late_rows,
    max(latest_seconds) AS latest_seconds,
    max_by(checksum, revision) AS checksum,
    max_by(log_time, revision) AS sealed_at
  FROM sealed_days
  GROUP BY cluster_name, table_name, day
),
recent AS (
  SELECT cluster_name, table_name, day, row_count
  FROM export_health
  WHERE day >= date_add('day', -10, current_date)
)
SELECT
  cluster_name,
  table_name,
  day,
  CASE
    WHEN e.state IS NULL THEN 'open'
    WHEN e.state = 'sealed' AND e.revision > 1 THEN 'resealed'
    ELSE e.state
  END AS state,
  e.source_rows,
  coalesce(e.lake_rows, r.row_count) AS lake_rows,
  e.late_rows,
  e.latest_seconds,
  CAST(e.revision AS bigint) AS revision,
  e.checksum,
  e.sealed_at
FROM entries e
FULL JOIN recent r USING (cluster_name, table_name, day)
