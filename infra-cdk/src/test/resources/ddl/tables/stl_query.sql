-- one row a query
CREATE TABLE IF NOT EXISTS stl_query (cluster_name string)
LOCATION '${location}/stl_query/'
TBLPROPERTIES ('table_type' = 'ICEBERG');
