package io.github.redshiftquerylogs.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * Settings of all clusters.
 *
 * @param s3Prefix location of the lake, {@code s3://bucket/prefix} without a trailing slash
 * @param tempdir staging for UNLOAD and for Glue, {@code s3://bucket/prefix} without a trailing slash
 * @param role name or ARN of the role of the Glue jobs
 * @param interval default interval of exports
 * @param statements default of how many statements a run has at its cluster at a time
 * @param exports the list of exports of all clusters; empty: what suits each cluster
 * @param exportsPrefix folder with own exports, {@code s3://bucket/exports/folder} without a trailing slash; empty: there are
 *     none
 */
public record GlobalSettings(
        String s3Prefix,
        String tempdir,
        String role,
        Duration interval,
        int statements,
        Optional<ExportList> exports,
        Optional<String> exportsPrefix) {

    /** The interval if the parameter is missing. No row is lost, because Redshift keeps its logs for seven days. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(60);

    /** The number of statements if the parameter is missing: few enough to leave a queue of five slots to others. */
    public static final int DEFAULT_STATEMENTS = 3;

    /**
     * The location that all tables of a lake lie in.
     *
     * @param s3Prefix location of the lake, without a slash at its end
     */
    public static String tables(String s3Prefix) {
        return s3Prefix + "/data";
    }
}
