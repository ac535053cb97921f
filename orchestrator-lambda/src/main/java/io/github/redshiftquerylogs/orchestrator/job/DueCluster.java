package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.settings.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is to be started.
 *
 * @param definition its job as it should be; of a cluster that is to be looked up: as it will be, unless somebody else
 *     records another connection meanwhile
 * @param care what is done about the job's definition first
 * @param failures how many of its runs in a row have failed
 * @param lastRunSeen the run that has left the latest summary, if any has
 * @param lookup whether nobody has said how the cluster is reached
 */
public record DueCluster(
        ClusterName name,
        JobDefinition definition,
        JobCare care,
        int failures,
        @Nullable String lastRunSeen,
        boolean lookup) {

    /** The same cluster with another job, which has to be applied first. */
    public DueCluster withDefinition(JobDefinition other) {
        return new DueCluster(name, other, JobCare.APPLY, failures, lastRunSeen, lookup);
    }
}
