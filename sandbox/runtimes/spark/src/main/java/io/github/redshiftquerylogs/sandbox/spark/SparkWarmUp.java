package io.github.redshiftquerylogs.sandbox.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes that a job run loads: a Spark session, Spark tasks, an Iceberg table that is written and read, the
 * Glue catalog and the S3 client. Run by {@code spark-submit}; its only result is the archive of classes that the JVM
 * records at its end.
 */
public final class SparkWarmUp {

    private static final String NOWHERE = "http://127.0.0.1:1";

    private SparkWarmUp() {}

    /**
     * Loads the classes and ends.
     *
     * @param arguments a folder for the table
     */
    public static void main(String[] arguments) {
        try (SparkSession spark = SparkSession.builder()
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.local", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.local.type", "hadoop")
                .config("spark.sql.catalog.local.warehouse", arguments[0])
                .config("spark.sql.catalog.glue", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.glue.type", "glue")
                .config("spark.sql.catalog.glue.warehouse", "s3://bucket/data")
                .config("spark.sql.catalog.glue.io-impl", S3FileIO.class.getName())
                .config("spark.sql.catalog.glue.glue.endpoint", NOWHERE)
                .config("spark.sql.catalog.glue.s3.endpoint", NOWHERE)
                .getOrCreate()) {
            JavaSparkContext tasks = JavaSparkContext.fromSparkContext(spark.sparkContext());
            tasks.parallelize(List.of(1, 2), 2).map(number -> number + 1).collect();
            spark.sql(
                    "create table local.db.t (cluster_name string, log_time timestamp_ntz, query bigint) using iceberg"
                            + " partitioned by (cluster_name, days(log_time))");
            spark.sql("insert into local.db.t values ('a', timestamp_ntz'2026-01-01 00:00:00', 1)");
            spark.sql("select max(log_time) from local.db.t where cluster_name = 'a'")
                    .collectAsList();
            call("Glue", () -> Spark3Util.loadIcebergTable(spark, "glue.db.t"));
            call("S3", SparkWarmUp::lookUpObject);
        }
    }

    private static boolean lookUpObject() {
        try (S3FileIO s3 = new S3FileIO()) {
            s3.initialize(Map.of("s3.endpoint", NOWHERE));
            return s3.newInputFile("s3://bucket/key").exists();
        }
    }

    /** Loads a client by a call that fails, because there is no service at the address. */
    private static void call(String service, Callable<?> call) {
        try {
            call.call();
        } catch (Exception e) {
            LoggerFactory.getLogger(SparkWarmUp.class).info("the client of {} is loaded: {}", service, e.toString());
        }
    }
}
