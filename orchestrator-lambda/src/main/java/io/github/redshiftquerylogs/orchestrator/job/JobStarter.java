package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the job of a cluster. Optimistic: nearly always the job exists, matches its definition and is idle, so the start
 * is the only call, and its failure tells what else has to be done.
 *
 * <p>Thread-safe.
 */
public final class JobStarter {

    private static final Logger LOG = LoggerFactory.getLogger(JobStarter.class);

    private final GlueJobApi jobs;
    private final StateTable state;
    private final Retrier retrier;
    private final JobUpkeep upkeep;

    /** @param state records starts and applied definitions */
    public JobStarter(GlueJobApi jobs, StateTable state, Retrier retrier) {
        this.jobs = jobs;
        this.state = state;
        this.retrier = retrier;
        this.upkeep = new JobUpkeep(jobs, state, retrier);
    }

    /**
     * Starts a run. Before that the job is synchronised by {@link DueCluster#syncMode}, and created if it is missing.
     *
     * @return the result for the cluster; failures of Glue and of the state table are outcomes, not exceptions
     */
    public ClusterResult start(DueCluster cluster, Tick tick) throws InterruptedException {
        List<String> done = new ArrayList<>();
        try {
            upkeep.beforeStart(cluster, tick).ifPresent(done::add);
            String runId;
            try {
                runId = startRun(cluster, tick);
            } catch (CallFailedException e) {
                if (e.failure().kind() != Kind.MISSING) {
                    throw e;
                }
                done.add(upkeep.create(cluster, tick));
                runId = startRun(cluster, tick);
            }
            record(cluster, tick, runId).ifPresent(done::add);
            return ClusterResult.started(cluster.name(), runId, joined(done));
        } catch (CallFailedException e) {
            done.add(e.failure().text());
            return ClusterResult.of(cluster.name(), e.failure().outcome(), String.join("; ", done));
        }
    }

    private String startRun(DueCluster cluster, Tick tick) throws CallFailedException, InterruptedException {
        return retrier.call(() -> jobs.start(cluster.definition().name()), tick);
    }

    /** A started run cannot be revoked: a failure here is reported, and does not change the outcome. */
    private Optional<String> record(DueCluster cluster, Tick tick, String runId) {
        try {
            state.recordStart(
                    cluster.name(), new LastStart(tick.time(), runId, cluster.failures(), cluster.lastRunSeen()));
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("the start of {} could not be recorded", cluster.name(), e);
            return Optional.of("the start could not be recorded, so the next tick tries another: " + e.getMessage());
        }
    }

    private static @Nullable String joined(List<String> done) {
        return done.isEmpty() ? null : String.join("; ", done);
    }
}
