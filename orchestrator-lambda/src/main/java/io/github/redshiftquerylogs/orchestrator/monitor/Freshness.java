package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how fresh the exported data are, by one query of the state table per cluster and tick. A run's summary would not
 * do: that of a run which read nothing does not say how far the cluster is.
 */
public final class Freshness {

    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);

    private final MonitorTable table;

    /** @param table the watermarks and row counts of the job */
    public Freshness(MonitorTable table) {
        this.table = table;
    }

    /**
     * The metrics of a tick. Stops when time runs out or the table cannot be read; clusters that were not measured, or
     * whose entries are not readable, are missing. The metrics that follow from the results are always complete.
     *
     * @param histories histories before the starts, of all clusters with a valid name
     */
    TickMetrics measure(Map<ClusterName, ClusterHistory> histories, List<ClusterResult> results, Tick tick) {
        SortedMap<ClusterName, Duration> lags = new TreeMap<>();
        SortedMap<ClusterName, Long> rows = new TreeMap<>();
        try {
            for (Map.Entry<ClusterName, ClusterHistory> cluster : new TreeMap<>(histories).entrySet()) {
                ClusterName name = cluster.getKey();
                if (!tick.hasTime()) {
                    LOG.warn("no time is left to measure the lag of {} and the clusters after it", name);
                    break;
                }
                try {
                    lag(name, cluster.getValue(), tick.time()).ifPresent(lag -> lags.put(name, lag));
                    newRows(name, cluster.getValue()).ifPresent(appended -> rows.put(name, appended));
                } catch (DateTimeException e) {
                    LOG.warn("an entry of {} is not readable, so its lag is unknown", name, e);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("lags could not be measured", e);
        }
        return new TickMetrics(
                results.stream()
                        .filter(result -> TickMetrics.failed(result, historyOf(result, histories)))
                        .count(),
                lags,
                rows);
    }

    private Optional<Duration> lag(ClusterName cluster, ClusterHistory history, Instant time) {
        TickNotes notes = history.notes();
        return TickMetrics.lag(table.oldestReadUpTo(cluster), notes == null ? null : notes.firstTick(), time);
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

    private static ClusterHistory historyOf(ClusterResult result, Map<ClusterName, ClusterHistory> histories) {
        return ClusterName.of(result.cluster())
                .map(name -> histories.getOrDefault(name, ClusterHistory.NONE))
                .orElse(ClusterHistory.NONE);
    }
}
