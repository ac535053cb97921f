-- The database that the job writes to. The job creates it if it is missing.
CREATE DATABASE IF NOT EXISTS redshift_query_logs_db
