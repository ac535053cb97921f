package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
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
 * The metrics of a tick; pure.
 *
 * @param failed number of clusters that cannot be started, or whose latest run failed
 * @param lags lag by cluster; without clusters that could not be measured
 * @param rows rows by cluster, of runs that ended since the last tick
 */
public record TickMetrics(long failed, SortedMap<ClusterName, Duration> lags, SortedMap<ClusterName, Long> rows) {

    /** The greatest lag; empty without lags. */
    public Optional<Duration> maxLag() {
        return lags.values().stream().max(Comparator.naturalOrder());
    }

    /**
     * The lag of a cluster: the time since the lowest watermark of its tables. For a cluster that was never exported, the
     * time since its first tick; empty for one that has no credentials yet.
     *
     * @param readUpTo {@link MonitorTable#oldestReadUpTo}
     * @param firstTick {@link TickNotes#firstTick}
     */
    static Optional<Duration> lag(Optional<LocalDateTime> readUpTo, @Nullable Instant firstTick, Instant tick) {
        return readUpTo.map(time -> time.toInstant(ZoneOffset.UTC))
                .or(() -> Optional.ofNullable(firstTick))
                .map(since -> Duration.between(since, tick))
                .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
    }

    /**
     * Whether a cluster counts as failed. A start does not tell how its run ends, so the last runs count as well: a failed
     * one, or several starts without a successful run since.
     */
    static boolean failed(ClusterResult result, ClusterHistory history) {
        return switch (Outcome.parse(result.outcome())) {
            case FAILED, MISCONFIGURED -> true;
            case AWAITING_CREDENTIALS -> false;
            case STARTED, RUNNING, NOT_DUE, THROTTLED -> lastRunFailed(history) || noRunSucceeds(history);
        };
    }

    private static boolean lastRunFailed(ClusterHistory history) {
        LastRun run = history.lastRun();
        return run != null && !run.succeeded();
    }

    /** The run before the last start had failed, and no run has succeeded since. */
    private static boolean noRunSucceeds(ClusterHistory history) {
        LastStart start = history.lastStart();
        LastRun run = history.lastRun();
        return start != null
                && start.failures() > 0
                && (run == null || run.runId().equals(start.lastRunSeen()));
    }
}
