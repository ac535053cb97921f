package io.github.redshiftquerylogs.orchestrator.schedule;

import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;

/**
 * Delay of clusters whose runs fail repeatedly; pure. Every run is billed, and after a failure the next one mostly fails
 * too.
 *
 * <p>After the first failure a cluster is started at its interval; each further failure doubles the delay, up to an hour.
 * An interval of an hour or longer is never extended. A successful run or another job definition ends the delay.
 */
public final class FailureBackoff {

    static final Duration LONGEST = Duration.ofHours(1);

    private FailureBackoff() {}

    /**
     * Number of consecutive failed runs. A run without a summary counts as failed: it crashed, or it has not ended, and then
     * Glue rejects the next start anyway. The summary of a run that the Lambda does not know, because it was started by hand
     * or the response was lost, counts by its status.
     *
     * @param hash hash of the current job definition; failures with another definition do not count
     */
    public static int failures(ClusterHistory history, String hash) {
        LastStart start = history.lastStart();
        if (start == null || isReplaced(history, hash)) {
            return 0;
        }
        LastRun run = history.lastRun();
        boolean succeeded = run != null && run.succeeded() && !run.runId().equals(start.lastRunSeen());
        return succeeded ? 0 : start.failures() + 1;
    }

    /**
     * The time from which a cluster is due: the beginning of a slot of {@link Schedule}, not earlier than without failures,
     * not later than the delay after the last start.
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
        // 12 doublings of the shortest interval exceed the hour; the limit prevents an overflow
        Duration doubled = interval.multipliedBy(1L << Math.min(failures - 1, 12));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static boolean isReplaced(ClusterHistory history, String hash) {
        return history.definition() != null && !hash.equals(history.definition());
    }
}
