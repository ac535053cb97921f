package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.PatientCalls;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterDescription;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.orchestrator.state.Seen;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes once a day how each cluster is described: its size, account and Region. One reading of the list of clusters
 * serves all whose day is over; new clusters are looked at by their first tick. Clusters elsewhere are not found, which
 * is no failure; Serverless workgroups have no nodes and are left out.
 */
public final class DailyLook {

    static final Duration EVERY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(DailyLook.class);

    private final ClusterDirectory directory;
    private final WatchTable table;
    private final PatientCalls calls;

    public DailyLook(ClusterDirectory directory, WatchTable table, PatientCalls calls) {
        this.directory = directory;
        this.table = table;
        this.calls = calls;
    }

    /** Looks at those whose day is over, as far as there is time. */
    void look(List<ClusterSettings> clusters, Map<ClusterName, ClusterState> states, Instant tick, Deadline deadline)
            throws InterruptedException {
        List<ClusterSettings> due = clusters.stream()
                .filter(cluster -> identifier(cluster).isPresent())
                .filter(cluster -> isDue(states.getOrDefault(cluster.name(), ClusterState.NONE), tick))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        Map<String, ClusterDescription> found;
        try {
            found = calls.ask(directory::all, deadline);
        } catch (CallFailedException e) {
            LOG.warn(
                    "{} clusters could not be described: {}",
                    due.size(),
                    e.failure().text());
            return;
        }
        for (ClusterSettings cluster : due) {
            if (!deadline.allows(Duration.ZERO)) {
                return;
            }
            table.recordLook(cluster.name(), tick, identifier(cluster).map(found::get));
        }
    }

    /** Whether a cluster was not looked at for a day. */
    static boolean isDue(ClusterState state, Instant tick) {
        Seen seen = state.seen();
        Instant last = seen == null ? null : seen.lastLook();
        return last == null || !tick.isBefore(last.plus(EVERY));
    }

    /** What Redshift would call the cluster; behind a Glue connection that can only be guessed by its name. */
    static Optional<String> identifier(ClusterSettings cluster) {
        return cluster.connection() instanceof ClusterConnection.DataApi dataApi
                ? Optional.of(dataApi.warehouse()).filter(warehouse -> !dataApi.serverless())
                : Optional.of(cluster.name().value());
    }
}
