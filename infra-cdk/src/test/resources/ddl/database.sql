CREATE DATABASE IF NOT EXISTS redshift_query_logs_db;
