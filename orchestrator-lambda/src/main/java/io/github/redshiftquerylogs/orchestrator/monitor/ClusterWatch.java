package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a tick does after its starts, for people: notes new clusters, describes clusters, publishes metrics. Nothing here
 * makes a tick fail.
 */
public final class ClusterWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

    private final WatchTable table;
    private final DailyLook look;
    private final Freshness freshness;
    private final MetricsSink metrics;

    public ClusterWatch(WatchTable table, DailyLook look, Freshness freshness, MetricsSink metrics) {
        this.table = table;
        this.look = look;
        this.freshness = freshness;
        this.metrics = metrics;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    /**
     * Observes the clusters after the starts of a tick.
     *
     * @param states state before the starts, of all clusters with a valid name
     */
    public void after(
            Settings settings,
            Map<ClusterName, ClusterState> states,
            List<ClusterResult> results,
            Instant tick,
            Deadline deadline) {
        Map<Boolean, List<ClusterSettings>> clusters =
                settings.clusters().stream().collect(Collectors.partitioningBy(ClusterSettings::awaitsCredentials));
        List<ClusterSettings> ready = clusters.getOrDefault(false, List.of());
        Set<ClusterName> waiting = clusters.getOrDefault(true, List.of()).stream()
                .map(ClusterSettings::name)
                .collect(Collectors.toSet());
        step("new clusters could not be noted", () -> noteNew(states, waiting, tick, deadline));
        step("clusters could not be described", () -> look.look(ready, states, tick, deadline));
        step(
                "metrics could not be published",
                () -> metrics.publish(freshness.measure(states, results, tick, deadline)));
    }

    private void noteNew(
            Map<ClusterName, ClusterState> states, Set<ClusterName> waiting, Instant tick, Deadline deadline) {
        for (Map.Entry<ClusterName, ClusterState> cluster : states.entrySet()) {
            if (cluster.getValue().seen() == null
                    && !waiting.contains(cluster.getKey())
                    && deadline.allows(Duration.ZERO)) {
                table.recordSeen(cluster.getKey(), tick);
            }
        }
    }

    private static void step(String failure, Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn(failure, e);
        } catch (RuntimeException e) {
            LOG.warn(failure, e);
        }
    }
}
