package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.schedule.FailureBackoff;
import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;

/** How a cluster's job in Glue is brought in line with its definition before a start; pure. */
public enum SyncMode {
    /** Not at all: the definition is the one that was applied last. */
    TRUST,
    /** The job is read and restored if it differs: somebody may have changed it by hand. */
    COMPARE,
    /** The definition is applied: it differs from the one that was applied last, or that one is unknown. */
    APPLY;

    private static final Duration COMPARED_EVERY = Duration.ofDays(1);

    /**
     * The mode for the next start. Jobs are compared once a day, by the first start in the cluster's own slot of a day, and
     * after failed runs.
     *
     * @param hash {@link JobDefinition#hash} of the current definition
     * @param failures {@link FailureBackoff#failures}
     */
    public static SyncMode of(ClusterName cluster, ClusterHistory history, String hash, int failures, Instant time) {
        if (!hash.equals(history.definition())) {
            return APPLY;
        }
        LastStart start = history.lastStart();
        return start == null || failures > 0 || !time.isBefore(Schedule.nextDue(cluster, COMPARED_EVERY, start.tick()))
                ? COMPARE
                : TRUST;
    }
}
