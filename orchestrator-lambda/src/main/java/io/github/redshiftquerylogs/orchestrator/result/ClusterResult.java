package io.github.redshiftquerylogs.orchestrator.result;

import io.github.redshiftquerylogs.settings.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * What became of one cluster in one tick. Texts only: Lambda serialises it with a Jackson of its own, which sees none of
 * our annotations and would write an enum by its Java name.
 *
 * @param cluster the cluster's name, or what the list of enabled clusters says where that is no legal name
 * @param outcome an {@link Outcome}, as users see it
 * @param runId Glue's id of the run, if one was started
 * @param detail what a user should know of it, if there is anything; never a secret
 */
public record ClusterResult(
        String cluster,
        String outcome,
        @Nullable String runId,
        @Nullable String detail) {

    public static ClusterResult of(ClusterName cluster, Outcome outcome, String detail) {
        return new ClusterResult(cluster.value(), outcome.toString(), null, detail);
    }

    public static ClusterResult started(ClusterName cluster, String runId, @Nullable String detail) {
        return new ClusterResult(cluster.value(), Outcome.STARTED.toString(), runId, detail);
    }

    /** The same, told after what was done before. */
    public ClusterResult after(String done) {
        return new ClusterResult(cluster, outcome, runId, detail == null ? done : done + "; " + detail);
    }
}
