package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a tick, after its starts: records new clusters, updates the inventory, publishes metrics. A failure is logged
 * and never fails the tick.
 */
public final class ClusterMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMonitor.class);

    private final MonitorTable table;
    private final ClusterInventory inventory;
    private final Freshness freshness;
    private final MetricsSink metrics;

    /** @param metrics destination of the metrics of each tick */
    public ClusterMonitor(MonitorTable table, ClusterInventory inventory, Freshness freshness, MetricsSink metrics) {
        this.table = table;
        this.inventory = inventory;
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
     * @param histories histories before the starts, of all clusters with a valid name
     */
    public void observe(
            Settings settings, Map<ClusterName, ClusterHistory> histories, List<ClusterResult> results, Tick tick) {
        Map<Boolean, List<ClusterSettings>> clusters =
                settings.clusters().stream().collect(Collectors.partitioningBy(ClusterSettings::awaitsCredentials));
        List<ClusterSettings> ready = clusters.getOrDefault(false, List.of());
        Set<ClusterName> waiting = clusters.getOrDefault(true, List.of()).stream()
                .map(ClusterSettings::name)
                .collect(Collectors.toSet());
        step("new clusters could not be recorded", () -> recordNew(histories, waiting, tick));
        step("clusters could not be described", () -> inventory.update(ready, histories, tick));
        step("metrics could not be published", () -> {
            TickMetrics measured = freshness.measure(histories, intervals(settings, histories), waiting, results, tick);
            Set<ClusterName> suspicious = measured.suspicious();
            Set<ClusterName> paused = inventory.paused(
                    ready.stream()
                            .filter(cluster -> suspicious.contains(cluster.name()))
                            .toList(),
                    tick);
            if (!paused.isEmpty()) {
                LOG.warn(
                        "paused, so they count neither as late nor as failed: {}",
                        paused.stream().map(ClusterName::value).sorted().collect(Collectors.joining(", ")));
            }
            metrics.publish(measured.withPaused(paused));
        });
    }

    /** Each cluster's own interval; the global one if its settings are invalid. */
    private static Map<ClusterName, Duration> intervals(Settings settings, Map<ClusterName, ClusterHistory> histories) {
        Map<ClusterName, Duration> intervals = new HashMap<>();
        histories.keySet().forEach(name -> intervals.put(name, settings.global().interval()));
        settings.clusters().forEach(cluster -> intervals.put(cluster.name(), cluster.interval()));
        return intervals;
    }

    private void recordNew(Map<ClusterName, ClusterHistory> histories, Set<ClusterName> waiting, Tick tick) {
        for (Map.Entry<ClusterName, ClusterHistory> cluster : histories.entrySet()) {
            TickNotes notes = cluster.getValue().notes();
            if ((notes != null && notes.firstTick() != null) || waiting.contains(cluster.getKey()) || !tick.hasTime()) {
                continue;
            }
            if (notes == null) {
                table.recordFirstTick(cluster.getKey(), tick.time());
            } else {
                table.replaceFirstTick(cluster.getKey(), tick.time());
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
