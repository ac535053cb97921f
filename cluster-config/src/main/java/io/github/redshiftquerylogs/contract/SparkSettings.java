package io.github.redshiftquerylogs.contract;

import io.github.redshiftquerylogs.settings.GlobalSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The static Spark settings of a job: they have to be set before the Spark session is created, so the definition of the
 * Glue job carries them, and whoever runs the job elsewhere has to pass them.
 */
public final class SparkSettings {

    /** Name of the Iceberg catalog that the job writes to. */
    public static final String CATALOG = "glue_catalog";

    private static final String CATALOG_SETTING = "spark.sql.catalog." + CATALOG;

    private SparkSettings() {}

    /**
     * The settings by name, in a fixed order.
     *
     * @param s3Prefix location of the lake, {@code s3://bucket} or {@code s3://bucket/prefix}; the tables are in {@code
     *     data/} below it
     */
    public static Map<String, String> of(String s3Prefix) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
        settings.put(CATALOG_SETTING, "org.apache.iceberg.spark.SparkCatalog");
        settings.put(CATALOG_SETTING + ".type", "glue");
        settings.put(CATALOG_SETTING + ".warehouse", GlobalSettings.tables(s3Prefix));
        settings.put(CATALOG_SETTING + ".io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
        // the bucket of tempdir may lie in another Region than the job
        settings.put(CATALOG_SETTING + ".s3.cross-region-access-enabled", "true");
        // another run may have committed since: every load of a table asks Glue
        settings.put(CATALOG_SETTING + ".cache-enabled", "false");
        settings.put("spark.sql.session.timeZone", "UTC");
        return Collections.unmodifiableMap(settings);
    }

    /**
     * The value of a Glue job's argument {@code --conf}. Glue accepts that argument once, so further settings are chained:
     * {@code a=b --conf c=d}.
     */
    public static String toArgument(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" --conf "));
    }
}
