package io.github.redshiftquerylogs.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for one cluster. Holds no secret; see {@link DatabaseCredentials}.
 *
 * @param name the cluster
 * @param connection how the cluster is reached
 * @param authentication as whom
 * @param unloadRole what follows {@code IAM_ROLE} when the cluster unloads to S3: {@code default}, or ARNs separated by
 *     commas; empty is as {@code default}
 * @param interval how often the cluster is exported
 */
public record ClusterSettings(
        ClusterName name,
        ClusterConnection connection,
        Authentication authentication,
        Optional<String> unloadRole,
        Duration interval) {

    /** The user that a deployment puts in place of the real one, until somebody sets that. */
    public static final String PLACEHOLDER_USER = "tempuser";

    /** Whether nobody has set the real credentials yet. */
    public boolean awaitsCredentials() {
        return authentication.equals(new Authentication.Password(PLACEHOLDER_USER))
                || authentication.equals(new Authentication.TemporaryCredentials(PLACEHOLDER_USER));
    }
}
