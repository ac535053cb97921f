package io.github.redshiftquerylogs.orchestrator.schedule;

import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a cluster waits whose runs keep failing; pure. Every run is paid for, and one that just failed will mostly
 * fail again.
 *
 * <p>After the first failure a cluster is started at its interval as ever, after each further one it waits twice as
 * long, up to an hour; one whose interval is an hour or longer never waits longer than that. A success ends it, and so
 * does another definition.
 */
public final class FailureBackoff {

    static final Duration LONGEST = Duration.ofHours(1);

    private FailureBackoff() {}

    /**
     * How many runs in a row have failed. A run without a summary of its own counts as failed: it died, or it is still
     * going, and then Glue refuses the next start anyway. A summary of a run that the Lambda does not know (started by
     * hand, or its reply was lost) counts for what it says.
     *
     * @param wantedHash the hash of the definition as it should be: failures of another one say
     *     nothing about it
     */
    public static int failures(ClusterState state, String wantedHash) {
        LastStart start = state.lastStart();
        if (start == null || isReplaced(state, wantedHash)) {
            return 0;
        }
        LastRun run = state.lastRun();
        boolean succeeded = run != null && run.succeeded() && !run.runId().equals(start.lastRunSeen());
        return succeeded ? 0 : start.failures() + 1;
    }

    /**
     * From when on a cluster is due: the beginning of a slot of {@link Schedule}, never earlier than without failures,
     * never later than the delay after the last start.
     *
     * @param interval at least {@link Schedule#TICK}
     */
    public static Instant nextDue(ClusterName cluster, Duration interval, Instant lastStart, int failures) {
        Duration longer = delay(interval, failures).minus(interval);
        return Schedule.nextDue(cluster, interval, lastStart.plus(longer));
    }

    /** The delay between two starts. */
    public static Duration delay(Duration interval, int failures) {
        if (failures <= 1 || interval.compareTo(LONGEST) >= 0) {
            return interval;
        }
        // no interval that is doubled more often is below the hour
        Duration doubled = interval.multipliedBy(1L << Math.min(failures - 1, 12));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static boolean isReplaced(ClusterState state, String wantedHash) {
        return state.definition() != null && !wantedHash.equals(state.definition());
    }
}
