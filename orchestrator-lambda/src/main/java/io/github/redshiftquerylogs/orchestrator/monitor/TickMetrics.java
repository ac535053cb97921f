package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.orchestrator.state.Seen;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one tick, as CloudWatch gets them; pure.
 *
 * @param failed clusters that cannot be started, or whose latest run failed
 * @param lags how far clusters are behind; without those that could not be asked
 * @param rows rows of runs that ended since the last tick
 */
public record TickMetrics(long failed, SortedMap<ClusterName, Duration> lags, SortedMap<ClusterName, Long> rows) {

    /** The greatest lag, if there is any. */
    public Optional<Duration> maxLag() {
        return lags.values().stream().max(Comparator.naturalOrder());
    }

    /**
     * How far a cluster is behind: since the time up to which its oldest table was read. A cluster that never was
     * exported counts from the first tick that saw it; one that waits for its credentials is not behind.
     *
     * @param readUpTo {@link WatchTable#oldestReadUpTo}
     * @param firstTick {@link Seen#firstTick}
     */
    static Optional<Duration> lag(Optional<LocalDateTime> readUpTo, @Nullable Instant firstTick, Instant tick) {
        return readUpTo.map(time -> time.toInstant(ZoneOffset.UTC))
                .or(() -> Optional.ofNullable(firstTick))
                .map(since -> Duration.between(since, tick))
                .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
    }

    /**
     * Whether a cluster counts as failed. A start says nothing of its run, so what the last runs left counts too: a
     * failure, or several starts after which no run has succeeded.
     */
    static boolean failed(ClusterResult result, ClusterState state) {
        return switch (Outcome.parse(result.outcome())) {
            case FAILED, MISCONFIGURED -> true;
            case AWAITING_CREDENTIALS -> false;
            case STARTED, RUNNING, NOT_DUE, THROTTLED -> lastRunFailed(state) || noRunSucceeds(state);
        };
    }

    private static boolean lastRunFailed(ClusterState state) {
        LastRun run = state.lastRun();
        return run != null && !run.succeeded();
    }

    /** The run before the last start had failed already, and nothing has succeeded since. */
    private static boolean noRunSucceeds(ClusterState state) {
        LastStart start = state.lastStart();
        LastRun run = state.lastRun();
        return start != null
                && start.failures() > 0
                && (run == null || run.runId().equals(start.lastRunSeen()));
    }
}
