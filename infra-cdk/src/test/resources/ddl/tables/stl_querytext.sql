-- fragments of texts; its location begins like that of stl_query
CREATE TABLE IF NOT EXISTS stl_querytext (cluster_name string)
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_querytext'
TBLPROPERTIES ('table_type' = 'ICEBERG');
