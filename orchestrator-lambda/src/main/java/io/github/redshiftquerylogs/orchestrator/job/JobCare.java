package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.schedule.FailureBackoff;
import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;

/** What is done about the definition of a cluster's job before it is started; pure. */
public enum JobCare {
    /** Nothing: what was applied last is what is wanted. */
    TRUST,
    /** It is read and put right: somebody may have changed it by hand, of which a start gives no hint. */
    COMPARE,
    /** It is applied: another one was applied last, or nobody knows which. */
    APPLY;

    private static final Duration COMPARED_EVERY = Duration.ofDays(1);

    /**
     * Compared once a day, by the first start in the cluster's own slot of a day, and after failures.
     *
     * @param wantedHash {@link JobDefinition#hash} of the definition as it should be
     * @param failures {@link FailureBackoff#failures}
     */
    public static JobCare of(ClusterName cluster, ClusterState state, String wantedHash, int failures, Instant tick) {
        if (!wantedHash.equals(state.definition())) {
            return APPLY;
        }
        LastStart start = state.lastStart();
        return start == null || failures > 0 || !tick.isBefore(Schedule.nextDue(cluster, COMPARED_EVERY, start.tick()))
                ? COMPARE
                : TRUST;
    }
}
