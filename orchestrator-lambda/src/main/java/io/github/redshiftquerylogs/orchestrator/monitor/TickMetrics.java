package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The metrics of a tick; pure.
 *
 * @param failing clusters, and entries of the list that are no names, that cannot be started, whose latest run failed, or
 *     whose run has died
 * @param lags lag by cluster; without clusters that could not be measured
 * @param lateness by how much the lag exceeds the cluster's own interval, for the same clusters
 * @param notMeasured clusters whose lag could not be measured, or not of all tables
 * @param paused clusters that are paused, among those that fail or are late
 * @param refused number of selected exports that the database user may not read, by cluster
 * @param rows rows by cluster, of runs that ended since the last tick
 */
public record TickMetrics(
        Set<String> failing,
        SortedMap<ClusterName, Duration> lags,
        SortedMap<ClusterName, Duration> lateness,
        Set<ClusterName> notMeasured,
        Set<ClusterName> paused,
        SortedMap<ClusterName, Integer> refused,
        SortedMap<ClusterName, Long> rows) {

    /** Normal: a run lasts some minutes, and stays two minutes behind the clock of the cluster. */
    private static final Duration NOT_YET_LATE = Duration.ofMinutes(10);

    /** Number of clusters that fail, without those that are paused. */
    public long failed() {
        return failing.stream()
                .filter(name ->
                        paused.stream().noneMatch(cluster -> cluster.value().equals(name)))
                .count();
    }

    /** The greatest lag of clusters that are not paused; zero without clusters. */
    public Duration maxLag() {
        return greatest(lags);
    }

    /** The greatest lateness of clusters that are not paused; zero without clusters. */
    public Duration maxLateness() {
        return greatest(lateness);
    }

    /** Number of selected exports of all clusters that the database users may not read. */
    public long exportsRefused() {
        return refused.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Clusters that fail or are late, perhaps because they are paused. */
    Set<ClusterName> suspicious() {
        Set<ClusterName> suspicious = new TreeSet<>();
        failing.forEach(name -> ClusterName.of(name).ifPresent(suspicious::add));
        lateness.forEach((cluster, late) -> {
            if (late.compareTo(NOT_YET_LATE) > 0) {
                suspicious.add(cluster);
            }
        });
        return suspicious;
    }

    /** The same metrics with clusters that are known to be paused. */
    TickMetrics withPaused(Set<ClusterName> clusters) {
        return new TickMetrics(failing, lags, lateness, notMeasured, clusters, refused, rows);
    }

    private Duration greatest(SortedMap<ClusterName, Duration> durations) {
        return durations.entrySet().stream()
                .filter(cluster -> !paused.contains(cluster.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * Whether a cluster counts as failed. A start does not tell how its run ends, so the last runs count as well: a failed
     * one, one that died, or several starts without a successful run since.
     *
     * @param died whether the run that was started last has died
     */
    static boolean failed(ClusterResult result, ClusterHistory history, boolean died) {
        return switch (Outcome.parse(result.outcome())) {
            case FAILED, MISCONFIGURED -> true;
            case AWAITING_CREDENTIALS -> false;
            case STARTED, RUNNING, NOT_DUE, THROTTLED -> died || lastRunFailed(history) || noRunSucceeds(history);
        };
    }

    /** The run that was started last and has left no summary: it is going, or it has died. */
    static Optional<String> openRun(ClusterHistory history) {
        return Optional.ofNullable(history.lastStart())
                .filter(start ->
                        history.lastRun() == null || history.lastRun().runId().equals(start.lastRunSeen()))
                .map(LastStart::runId);
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
