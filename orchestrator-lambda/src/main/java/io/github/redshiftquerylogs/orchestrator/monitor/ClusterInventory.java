package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records once a day the description of each cluster: nodes, account, Region. One list of clusters serves all that are due;
 * a new cluster is due in its first tick. A cluster of another account or Region is not found, which is no failure.
 * Serverless workgroups have no nodes and are left out.
 */
public final class ClusterInventory {

    static final Duration EVERY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterInventory.class);

    private final ClusterDirectory directory;
    private final MonitorTable table;
    private final Retrier retrier;

    /** @param table where descriptions are recorded */
    public ClusterInventory(ClusterDirectory directory, MonitorTable table, Retrier retrier) {
        this.directory = directory;
        this.table = table;
        this.retrier = retrier;
    }

    /** Records the descriptions of the clusters that are due, while the tick has time. */
    void update(List<ClusterSettings> clusters, Map<ClusterName, ClusterHistory> histories, Tick tick)
            throws InterruptedException {
        List<ClusterSettings> due = clusters.stream()
                .filter(cluster -> identifier(cluster).isPresent())
                .filter(cluster -> isDue(histories.getOrDefault(cluster.name(), ClusterHistory.NONE), tick.time()))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        Map<String, ProvisionedCluster> found;
        try {
            found = retrier.call(directory::all, tick);
        } catch (CallFailedException e) {
            LOG.warn(
                    "{} clusters could not be described: {}",
                    due.size(),
                    e.failure().text());
            return;
        }
        for (ClusterSettings cluster : due) {
            if (!tick.hasTime()) {
                return;
            }
            table.recordInventory(
                    cluster.name(), tick.time(), identifier(cluster).map(found::get));
        }
    }

    /**
     * Those of the clusters that are paused; none if that cannot be told. One list serves all. A Serverless workgroup is
     * never paused: a query wakes it.
     */
    Set<ClusterName> paused(List<ClusterSettings> clusters, Tick tick) throws InterruptedException {
        List<ClusterSettings> provisioned = clusters.stream()
                .filter(cluster -> identifier(cluster).isPresent())
                .toList();
        if (provisioned.isEmpty() || !tick.hasTime()) {
            return Set.of();
        }
        try {
            Map<String, ProvisionedCluster> found = retrier.call(directory::all, tick);
            return provisioned.stream()
                    .filter(cluster -> identifier(cluster)
                            .map(found::get)
                            .filter(ProvisionedCluster::isPaused)
                            .isPresent())
                    .map(ClusterSettings::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (CallFailedException e) {
            LOG.warn(
                    "whether {} clusters are paused is not known: {}",
                    provisioned.size(),
                    e.failure().text());
            return Set.of();
        }
    }

    /** Whether the last lookup of a cluster is at least a day ago. */
    static boolean isDue(ClusterHistory history, Instant time) {
        TickNotes notes = history.notes();
        Instant last = notes == null ? null : notes.lastInventory();
        return last == null || !time.isBefore(last.plus(EVERY));
    }

    /** Identifier of the cluster in Redshift; behind a Glue connection its name, which is a guess. */
    static Optional<String> identifier(ClusterSettings cluster) {
        return cluster.connection() instanceof ClusterConnection.DataApi dataApi
                ? Optional.of(dataApi.warehouse()).filter(warehouse -> !dataApi.serverless())
                : Optional.of(cluster.name().value());
    }
}
