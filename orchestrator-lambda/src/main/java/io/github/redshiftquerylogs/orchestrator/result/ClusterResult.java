package io.github.redshiftquerylogs.orchestrator.result;

import io.github.redshiftquerylogs.settings.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * Result of one cluster in a tick. All components are texts: Lambda serialises them with its own copy of Jackson, which
 * ignores annotations and would write an enum by its Java name.
 *
 * @param cluster name of the cluster, or the entry of the list of enabled clusters if that is no valid name
 * @param outcome an {@link Outcome}, by its {@link Outcome#toString}
 * @param runId Glue's id of the run, if one was started
 * @param detail message for users, if there is one; never a secret
 */
public record ClusterResult(
        String cluster,
        String outcome,
        @Nullable String runId,
        @Nullable String detail) {

    /** The result without a run. */
    public static ClusterResult of(ClusterName cluster, Outcome outcome, String detail) {
        return new ClusterResult(cluster.value(), outcome.toString(), null, detail);
    }

    /** The result for a started run. */
    public static ClusterResult started(ClusterName cluster, String runId, @Nullable String detail) {
        return new ClusterResult(cluster.value(), Outcome.STARTED.toString(), runId, detail);
    }

    /** The same result with a preceding detail. */
    public ClusterResult after(String done) {
        return new ClusterResult(cluster, outcome, runId, detail == null ? done : done + "; " + detail);
    }
}
