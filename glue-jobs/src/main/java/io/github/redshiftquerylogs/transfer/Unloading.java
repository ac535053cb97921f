package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.unload.UnloadStatement;
import java.util.Optional;

/**
 * How a cluster unloads.
 *
 * @param tempdir the target, {@code s3://bucket/prefix} without a slash at its end
 * @param role as it follows {@code IAM_ROLE}: {@code default}, or ARNs separated by commas
 * @param fetchThreshold windows with at most this many rows are fetched over JDBC instead; see
 *     {@link ReadingPlan#FETCH_THRESHOLD}
 */
public record Unloading(String tempdir, String role, long fetchThreshold) {

    /**
     * As settings say it.
     *
     * @param role the role in the settings; the cluster's default role if there is none
     */
    public static Unloading of(String tempdir, Optional<String> role) {
        return new Unloading(tempdir, role.orElse(UnloadStatement.DEFAULT_ROLE), ReadingPlan.FETCH_THRESHOLD);
    }
}
