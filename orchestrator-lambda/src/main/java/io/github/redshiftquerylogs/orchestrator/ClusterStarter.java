package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterConnection;
import io.github.redshiftquerylogs.cluster.ClusterSettings;
import io.github.redshiftquerylogs.cluster.GlobalSettings;
import io.github.redshiftquerylogs.cluster.InvalidSettingsException;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import io.github.redshiftquerylogs.cluster.SettingsReader;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts one cluster that is due: looks it up and connects it if nobody has said how it is reached, keeps a connection that
 * was made so, then starts its job.
 *
 * <p>Thread-safe.
 */
final class ClusterStarter {

    private final ClusterConnector connector;
    private final SettingsReader settings;
    private final JobStarter jobs;
    private final Environment environment;

    ClusterStarter(ClusterConnector connector, SettingsReader settings, JobStarter jobs, Environment environment) {
        this.connector = connector;
        this.settings = settings;
        this.jobs = jobs;
        this.environment = environment;
    }

    /**
     * Starts a run.
     *
     * @return what became of it; failures are outcomes, not exceptions
     */
    ClusterResult start(DueCluster cluster, GlobalSettings global, Instant tick, Deadline deadline)
            throws InterruptedException {
        try {
            return cluster.lookup()
                    ? connectAndStart(cluster, global, tick, deadline)
                    : keepAndStart(cluster, tick, deadline);
        } catch (CallFailedException e) {
            return ClusterResult.of(
                    cluster.name(), e.failure().outcome(), e.failure().text());
        } catch (ObstacleException e) {
            return ClusterResult.of(
                    cluster.name(), e.obstacle().outcome(), e.obstacle().text());
        } catch (InvalidSettingsException e) {
            // what somebody else has just recorded cannot be used
            return ClusterResult.of(cluster.name(), Outcome.MISCONFIGURED, String.valueOf(e.getMessage()));
        }
    }

    private ClusterResult connectAndStart(DueCluster cluster, GlobalSettings global, Instant tick, Deadline deadline)
            throws CallFailedException, ObstacleException, InterruptedException {
        ClusterConnector.Connected connected = connector.connect(cluster.name(), deadline);
        DueCluster known = connected.recorded() ? cluster : read(cluster, global);
        String others = known.equals(cluster) ? "" : "; somebody else has recorded another one, which is used";
        return jobs.start(known, tick, deadline).after(connected.done() + others);
    }

    /** When the job is looked after, a connection that was made here is too. Only the cluster itself is in the way. */
    private ClusterResult keepAndStart(DueCluster cluster, Instant tick, Deadline deadline)
            throws ObstacleException, InterruptedException {
        Optional<String> done = Optional.empty();
        if (cluster.care() != JobCare.TRUST
                && cluster.definition().connections().contains(ResourceNames.connection(cluster.name()))) {
            try {
                done = connector.keep(cluster.name(), deadline);
            } catch (CallFailedException e) {
                done = Optional.of("its connection could not be compared with the cluster: "
                        + e.failure().text());
            }
        }
        ClusterResult result = jobs.start(cluster, tick, deadline);
        return done.map(result::after).orElse(result);
    }

    /** With the connection that was recorded first: mostly the same one, by a tick at the same time. */
    private DueCluster read(DueCluster cluster, GlobalSettings global) throws CallFailedException {
        ClusterSettings recorded = settings.readCluster(cluster.name(), global);
        if (recorded.connection() instanceof ClusterConnection.Lookup) {
            throw new CallFailedException(CallFailure.notReadableYet());
        }
        JobDefinition definition = JobDefinition.of(recorded, global, environment);
        return definition.equals(cluster.definition()) ? cluster : cluster.withDefinition(definition);
    }
}
