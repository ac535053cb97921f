package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.settings.ClusterName;

/** Tells runs that died, which leave no summary, from those that are still going. */
@FunctionalInterface
public interface DeadRuns {

    /** Whether a run of a cluster's job has ended without success. */
    boolean hasDied(ClusterName cluster, String runId) throws CallFailedException;
}
