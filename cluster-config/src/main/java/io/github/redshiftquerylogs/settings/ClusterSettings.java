package io.github.redshiftquerylogs.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a cluster. Contains no secret; see {@link DatabaseCredentials}.
 *
 * @param name the cluster
 * @param connection how the job reaches the cluster
 * @param authentication how the job authenticates
 * @param unloadRole role of UNLOAD: {@code default}, or ARNs separated by commas; empty means {@code default}
 * @param interval how often the cluster is exported
 * @param statements how many statements a run has at the cluster at a time, at most
 * @param exports the lists of exports that apply to the cluster, in this order: the global one, its own
 * @param acceptSource identity of another source that takes the place of the one that was exported under this name
 */
public record ClusterSettings(
        ClusterName name,
        ClusterConnection connection,
        Authentication authentication,
        Optional<String> unloadRole,
        Duration interval,
        int statements,
        List<ExportList> exports,
        Optional<String> acceptSource) {

    /** The placeholder for the user that a deployment creates. */
    public static final String PLACEHOLDER_USER = "tempuser";

    public ClusterSettings {
        exports = List.copyOf(exports);
    }

    /** Whether the user is still the placeholder. */
    public boolean awaitsCredentials() {
        return authentication.equals(new Authentication.Password(PLACEHOLDER_USER))
                || authentication.equals(new Authentication.TemporaryCredentials(PLACEHOLDER_USER));
    }
}
