package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.Seen;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how fresh the data of clusters are. One query of the state table per cluster and tick: a run's summary would
 * not do, because that of a run which could not read anything does not say how far the cluster is.
 */
public final class Freshness {

    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);

    private final WatchTable table;

    public Freshness(WatchTable table) {
        this.table = table;
    }

    /**
     * The numbers of a tick. Stops asking when time runs out or the table cannot be read; whoever was not asked, or has
     * an entry that is not readable, is missing, and what a tick says by itself is always there.
     *
     * @param states of all clusters whose names are legal
     */
    TickMetrics measure(
            Map<ClusterName, ClusterState> states, List<ClusterResult> results, Instant tick, Deadline deadline) {
        SortedMap<ClusterName, Duration> lags = new TreeMap<>();
        SortedMap<ClusterName, Long> rows = new TreeMap<>();
        try {
            for (Map.Entry<ClusterName, ClusterState> cluster : new TreeMap<>(states).entrySet()) {
                if (!deadline.allows(Duration.ZERO)) {
                    LOG.warn("no time is left to measure the lag of {} and those after it", cluster.getKey());
                    break;
                }
                try {
                    measure(cluster.getKey(), cluster.getValue(), tick, lags, rows);
                } catch (DateTimeException e) {
                    LOG.warn("an entry of {} is not readable, so its lag is not known", cluster.getKey(), e);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("lags could not be measured", e);
        }
        return new TickMetrics(
                results.stream()
                        .filter(result -> TickMetrics.failed(result, stateOf(result, states)))
                        .count(),
                lags,
                rows);
    }

    private void measure(
            ClusterName cluster,
            ClusterState state,
            Instant tick,
            SortedMap<ClusterName, Duration> lags,
            SortedMap<ClusterName, Long> rows) {
        Seen seen = state.seen();
        TickMetrics.lag(table.oldestReadUpTo(cluster), seen == null ? null : seen.firstTick(), tick)
                .ifPresent(lag -> lags.put(cluster, lag));
        LastRun run = state.lastRun();
        if (run != null && (seen == null || !run.runId().equals(seen.countedRun()))) {
            OptionalLong appended = table.rows(cluster, run.runId());
            // claimed before it is published: a metric may be missing once, but rows never count twice
            if (appended.isPresent() && table.claimRows(cluster, run.runId())) {
                rows.put(cluster, appended.getAsLong());
            }
        }
    }

    private static ClusterState stateOf(ClusterResult result, Map<ClusterName, ClusterState> states) {
        return ClusterName.of(result.cluster())
                .map(name -> states.getOrDefault(name, ClusterState.NONE))
                .orElse(ClusterState.NONE);
    }
}
