package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterConnector;
import io.github.redshiftquerylogs.orchestrator.connection.LookupFailedException;
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
import java.util.Optional;

/**
 * Starts a cluster that is due: connects it if its connection is not known yet, updates a connection that the Lambda has
 * created after failed runs, then starts its job.
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
     * @return the result for the cluster; failures are outcomes, not exceptions
     */
    ClusterResult start(DueCluster cluster, GlobalSettings global, Tick tick) throws InterruptedException {
        try {
            return cluster.lookup() ? connectAndStart(cluster, global, tick) : reconcileAndStart(cluster, tick);
        } catch (CallFailedException e) {
            return ClusterResult.of(
                    cluster.name(), e.failure().outcome(), e.failure().text());
        } catch (LookupFailedException e) {
            return ClusterResult.of(
                    cluster.name(), e.failure().outcome(), e.failure().text());
        } catch (InvalidSettingsException e) {
            // another caller has just recorded an invalid connection
            return ClusterResult.of(cluster.name(), Outcome.MISCONFIGURED, String.valueOf(e.getMessage()));
        }
    }

    private ClusterResult connectAndStart(DueCluster cluster, GlobalSettings global, Tick tick)
            throws CallFailedException, LookupFailedException, InterruptedException {
        ClusterConnector.Connected connected = connector.connect(cluster.name(), tick);
        DueCluster known = connected.recorded() ? cluster : withRecorded(cluster, global);
        String others = known.equals(cluster) ? "" : "; somebody else has recorded another one, which is used";
        return jobs.start(known, tick).after(connected.done() + others);
    }

    /**
     * After failed runs, updates a connection that the Lambda has created; a connection that works is never changed. A
     * cluster that does not answer queries is not started; any other problem is reported, and the job is started.
     */
    private ClusterResult reconcileAndStart(DueCluster cluster, Tick tick)
            throws LookupFailedException, InterruptedException {
        Optional<String> done = Optional.empty();
        if (cluster.failures() > 0
                && cluster.definition().connections().contains(ResourceNames.connection(cluster.name()))) {
            try {
                done = connector.reconcile(cluster.name(), tick);
            } catch (CallFailedException e) {
                done = Optional.of(NOT_COMPARED + e.failure().text());
            } catch (LookupFailedException e) {
                if (e.failure().outcome() == Outcome.FAILED) {
                    throw e;
                }
                done = Optional.of(NOT_COMPARED + e.failure().text());
            }
        }
        ClusterResult result = jobs.start(cluster, tick);
        return done.map(result::after).orElse(result);
    }

    /** The cluster with the connection that was recorded first: mostly the same one, by a concurrent tick. */
    private DueCluster withRecorded(DueCluster cluster, GlobalSettings global) throws CallFailedException {
        ClusterSettings recorded = settings.readCluster(cluster.name(), global);
        if (recorded.connection() instanceof ClusterConnection.Lookup) {
            throw new CallFailedException(CallFailure.notReadableYet());
        }
        JobDefinition definition = JobDefinition.of(recorded, global, environment);
        return definition.equals(cluster.definition()) ? cluster : cluster.withDefinition(definition);
    }
}
