-- title: States of clusters
-- about: one row per state of a cluster (node type, number of nodes, identity) with the times when it was first and last seen
-- last_seen is when the next state was first seen; for the present state it is the newest query in the lake.
CREATE OR REPLACE VIEW cluster_states AS
SELECT
  c.cluster_name,
  c.first_seen,
  coalesce(c.next_first_seen, greatest(c.first_seen, newest.newest_query), c.first_seen) AS last_seen,
  c.next_first_seen IS NULL AS is_present,
  c.source_identity,
  c.account_id,
  c.region,
  c.cluster_identifier,
  c.node_type,
  CAST(c.number_of_nodes AS bigint) AS number_of_nodes
FROM (
  SELECT
    cluster_name,
    log_time AS first_seen,
    lead(log_time) OVER (PARTITION BY cluster_name ORDER BY log_time) AS next_first_seen,
    source_identity,
    account_id,
    region,
    cluster_identifier,
    node_type,
    number_of_nodes
  FROM clusters
) c
LEFT JOIN (
  SELECT cluster_name, max(log_time) AS newest_query
  FROM stl_query
  GROUP BY cluster_name
) newest ON newest.cluster_name = c.cluster_name
