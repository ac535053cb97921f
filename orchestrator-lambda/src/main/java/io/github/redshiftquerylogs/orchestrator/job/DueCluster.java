package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.settings.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose job is to be started.
 *
 * @param definition definition of its job; for a cluster that is looked up, with the connection that will be created
 * @param syncMode what is done about the job in Glue before the start
 * @param failures number of consecutive failed runs
 * @param lastRunSeen id of the run with the latest summary, if there is one
 * @param lookup whether its connection is not known yet
 */
public record DueCluster(
        ClusterName name,
        JobDefinition definition,
        SyncMode syncMode,
        int failures,
        @Nullable String lastRunSeen,
        boolean lookup) {

    /** The same cluster with another definition, which has to be applied before the start. */
    public DueCluster withDefinition(JobDefinition other) {
        return new DueCluster(name, other, SyncMode.APPLY, failures, lastRunSeen, lookup);
    }
}
