package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterConnector;
import io.github.redshiftquerylogs.orchestrator.connection.ObstacleException;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.DueCluster;
import io.github.redshiftquerylogs.orchestrator.job.JobDefinition;
import io.github.redshiftquerylogs.orchestrator.job.JobStarter;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts one cluster that is due: looks it up and connects it if nobody has said how it is reached, keeps a connection that
 * was made so, then starts its job.
 *
 * <p>Thread-safe.
 */
final class ClusterStarter {

    private static final String NOT_COMPARED = "its connection could not be compared with the cluster: ";

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

    /**
     * After runs that failed, a connection that was made here is put right; one that works is never touched. A cluster that
     * does not answer now is not started, whatever else is in the way is only told.
     */
    private ClusterResult keepAndStart(DueCluster cluster, Instant tick, Deadline deadline)
            throws ObstacleException, InterruptedException {
        Optional<String> done = Optional.empty();
        if (cluster.failures() > 0
                && cluster.definition().connections().contains(ResourceNames.connection(cluster.name()))) {
            try {
                done = connector.keep(cluster.name(), deadline);
            } catch (CallFailedException e) {
                done = Optional.of(NOT_COMPARED + e.failure().text());
            } catch (ObstacleException e) {
                if (e.obstacle().outcome() == Outcome.FAILED) {
                    throw e;
                }
                done = Optional.of(NOT_COMPARED + e.obstacle().text());
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
