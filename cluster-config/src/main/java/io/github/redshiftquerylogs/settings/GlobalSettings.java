package io.github.redshiftquerylogs.settings;

import java.time.Duration;

/**
 * What holds for all clusters.
 *
 * @param s3Prefix where the lake lies, {@code s3://bucket/prefix} without a slash at its end
 * @param tempdir staging for UNLOAD and for Glue, {@code s3://bucket/prefix} without a slash at its end
 * @param role name or ARN of the role of the Glue jobs
 * @param interval how often a cluster is exported, unless it says otherwise
 */
public record GlobalSettings(String s3Prefix, String tempdir, String role, Duration interval) {

    /** How often, unless the parameter says otherwise; loses nothing, since Redshift keeps its logs for seven days. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(60);
}
