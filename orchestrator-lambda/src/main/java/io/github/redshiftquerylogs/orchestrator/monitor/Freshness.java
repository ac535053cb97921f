package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how fresh the exported data are, by one query of the state table per cluster and tick. A run's summary would not
 * do: that of a run which read nothing does not say how far the cluster is.
 */
public final class Freshness {

    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);

    private final MonitorTable table;
    private final DeadRuns runs;

    /**
     * @param table the watermarks and row counts of the job
     * @param runs tells whether runs without a summary have died
     */
    public Freshness(MonitorTable table, DeadRuns runs) {
        this.table = table;
        this.runs = runs;
    }

    /**
     * The metrics of a tick. Stops when time runs out or the table cannot be read; clusters that were not measured are
     * named. What follows from the results is always complete.
     *
     * @param histories histories before the starts, of all clusters with a valid name
     * @param intervals interval of each of these clusters
     * @param waiting clusters without credentials, which are measured only if they were exported before
     */
    TickMetrics measure(
            Map<ClusterName, ClusterHistory> histories,
            Map<ClusterName, Duration> intervals,
            Set<ClusterName> waiting,
            List<ClusterResult> results,
            Tick tick) {
        SortedMap<ClusterName, Duration> lags = new TreeMap<>();
        SortedMap<ClusterName, Duration> lateness = new TreeMap<>();
        SortedMap<ClusterName, Long> rows = new TreeMap<>();
        SortedMap<ClusterName, Integer> refused = new TreeMap<>();
        Set<ClusterName> notMeasured = new TreeSet<>(histories.keySet());
        notMeasured.removeAll(waiting);
        try {
            for (Map.Entry<ClusterName, ClusterHistory> cluster : new TreeMap<>(histories).entrySet()) {
                ClusterName name = cluster.getKey();
                if (!tick.hasTime()) {
                    break;
                }
                Watermarks marks = table.watermarks(name);
                if (marks.exports().filter(SelectedExports::haveNoLogs).isPresent()) {
                    notMeasured.remove(name);
                } else if (!waiting.contains(name) || !marks.readUpTo().isEmpty()) {
                    marks.lag(firstTick(cluster.getValue(), tick), tick.time()).ifPresent(lag -> {
                        Duration late = lag.minus(intervals.getOrDefault(name, Duration.ZERO));
                        lags.put(name, lag);
                        lateness.put(name, late.isNegative() ? Duration.ZERO : late);
                    });
                    if (lags.containsKey(name) && marks.unreadable().isEmpty()) {
                        notMeasured.remove(name);
                    }
                }
                marks.exports().map(exports -> exports.refused().size()).ifPresent(number -> refused.put(name, number));
                newRows(name, cluster.getValue()).ifPresent(appended -> rows.put(name, appended));
            }
        } catch (RuntimeException e) {
            LOG.warn("lags could not be measured", e);
        }
        if (!notMeasured.isEmpty()) {
            LOG.warn(
                    "the lag of {} could not be measured in this tick",
                    notMeasured.stream().map(ClusterName::value).collect(Collectors.joining(", ")));
        }
        return new TickMetrics(failing(histories, results, tick), lags, lateness, notMeasured, Set.of(), refused, rows);
    }

    private Set<String> failing(Map<ClusterName, ClusterHistory> histories, List<ClusterResult> results, Tick tick) {
        Set<String> failing = new TreeSet<>();
        for (ClusterResult result : results) {
            Optional<ClusterName> name = ClusterName.of(result.cluster());
            ClusterHistory history = name.map(cluster -> histories.getOrDefault(cluster, ClusterHistory.NONE))
                    .orElse(ClusterHistory.NONE);
            boolean died = name.isPresent() && tick.hasTime() && hasDied(name.get(), history);
            if (TickMetrics.failed(result, history, died)) {
                failing.add(result.cluster());
            }
        }
        return failing;
    }

    /** Asked only for a run that has left no summary, so mostly once for each run. */
    private boolean hasDied(ClusterName cluster, ClusterHistory history) {
        Optional<String> open = TickMetrics.openRun(history);
        try {
            return open.isPresent() && runs.hasDied(cluster, open.get());
        } catch (CallFailedException e) {
            LOG.warn(
                    "whether run {} of {} has died is not known: {}",
                    open.orElse(""),
                    cluster,
                    e.failure().text());
            return false;
        }
    }

    /** A cluster without one gets it in this tick. */
    private static Instant firstTick(ClusterHistory history, Tick tick) {
        TickNotes notes = history.notes();
        return notes == null || notes.firstTick() == null ? tick.time() : notes.firstTick();
    }

    /** The rows of the last run, unless they were published before. */
    private OptionalLong newRows(ClusterName cluster, ClusterHistory history) {
        TickNotes notes = history.notes();
        LastRun run = history.lastRun();
        if (run == null || (notes != null && run.runId().equals(notes.countedRun()))) {
            return OptionalLong.empty();
        }
        OptionalLong appended = table.rows(cluster, run.runId());
        // claimed before they are published: rows may be missing in the metric, but are never counted twice
        return appended.isPresent() && table.claimRows(cluster, run.runId()) ? appended : OptionalLong.empty();
    }
}
