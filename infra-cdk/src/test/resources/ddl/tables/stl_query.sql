-- one row a query
CREATE TABLE IF NOT EXISTS stl_query (cluster_name string)
LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/stl_query/'
TBLPROPERTIES ('table_type' = 'ICEBERG');
