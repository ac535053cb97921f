-- The database that the job writes to; it makes it itself when it is missing.
CREATE DATABASE IF NOT EXISTS redshift_query_logs_db
