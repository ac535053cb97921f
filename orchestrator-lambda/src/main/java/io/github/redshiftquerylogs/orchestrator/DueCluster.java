package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is to be started.
 *
 * @param definition its job as it should be
 * @param care what is done about the job's definition first
 * @param failures how many of its runs in a row have failed
 * @param lastRunSeen the run that has left the latest summary, if any has
 */
record DueCluster(
        ClusterName name,
        JobDefinition definition,
        JobCare care,
        int failures,
        @Nullable String lastRunSeen) {}
