package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.unload.UnloadStatement;
import java.util.Optional;

/**
 * The settings of UNLOAD.
 *
 * @param tempdir the target, {@code s3://bucket/prefix} without a trailing slash
 * @param role the value of {@code IAM_ROLE}: {@code default}, or ARNs separated by commas
 * @param region the Region of the bucket, if it is not the cluster's
 * @param fetchThreshold windows of at most this many rows are fetched over JDBC; see {@link
 *     ReadingPlan#FETCH_THRESHOLD}
 */
public record Unloading(String tempdir, String role, Optional<String> region, long fetchThreshold) {

    /**
     * The settings of UNLOAD on AWS.
     *
     * @param role the configured role; empty: the cluster's default role
     * @param region the Region of the bucket, if it is not the cluster's
     */
    public static Unloading of(String tempdir, Optional<String> role, Optional<String> region) {
        return new Unloading(tempdir, role.orElse(UnloadStatement.DEFAULT_ROLE), region, ReadingPlan.FETCH_THRESHOLD);
    }
}
