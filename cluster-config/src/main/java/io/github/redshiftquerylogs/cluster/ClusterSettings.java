package io.github.redshiftquerylogs.cluster;

import java.time.Duration;

/**
 * What holds for one cluster. Holds no secret; see {@link DatabaseCredentials}.
 *
 * @param name the cluster
 * @param connection name of the Glue connection through which the cluster is reached
 * @param user the database user
 * @param interval how often the cluster is exported
 */
public record ClusterSettings(ClusterName name, String connection, String user, Duration interval) {

    /** The user that a deployment puts in place of the real one, until somebody sets that. */
    public static final String PLACEHOLDER_USER = "tempuser";

    /** Whether nobody has set the real credentials yet. */
    public boolean awaitsCredentials() {
        return user.equals(PLACEHOLDER_USER);
    }
}
