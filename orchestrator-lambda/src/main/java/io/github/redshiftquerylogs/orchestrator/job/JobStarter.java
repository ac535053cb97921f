package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.PatientCalls;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the job of one cluster. Optimistic: the job is there, as it should be and idle nearly always, so the only call
 * is the start, and only its failure says whether anything else has to be done.
 *
 * <p>Thread-safe.
 */
public final class JobStarter {

    private static final Logger LOG = LoggerFactory.getLogger(JobStarter.class);

    private final GlueJobs jobs;
    private final StateTable state;
    private final PatientCalls calls;
    private final JobUpkeep upkeep;

    public JobStarter(GlueJobs jobs, StateTable state, PatientCalls calls) {
        this.jobs = jobs;
        this.state = state;
        this.calls = calls;
        this.upkeep = new JobUpkeep(jobs, state, calls);
    }

    /**
     * Starts a run; first makes the job what it should be, as far as {@link DueCluster#care} asks for that, and creates
     * it if it does not exist.
     *
     * @return what became of it; failures of Glue and of the state table are outcomes, not exceptions
     */
    public ClusterResult start(DueCluster cluster, Instant tick, Deadline deadline) throws InterruptedException {
        @Nullable String detail = null;
        try {
            detail = upkeep.before(cluster, deadline);
            String runId;
            try {
                runId = startRun(cluster, deadline);
            } catch (CallFailedException e) {
                if (e.failure().kind() != Kind.MISSING) {
                    throw e;
                }
                detail = join(detail, upkeep.create(cluster, deadline));
                runId = startRun(cluster, deadline);
            }
            return ClusterResult.started(cluster.name(), runId, join(detail, remember(cluster, tick, runId)));
        } catch (CallFailedException e) {
            String text = e.failure().text();
            return ClusterResult.of(
                    cluster.name(), e.failure().outcome(), detail == null ? text : detail + "; " + text);
        }
    }

    private String startRun(DueCluster cluster, Deadline deadline) throws CallFailedException, InterruptedException {
        return calls.ask(() -> jobs.start(cluster.definition().name()), deadline);
    }

    /** A run that is going cannot be called back: what happens here is told, and changes nothing about the outcome. */
    private @Nullable String remember(DueCluster cluster, Instant tick, String runId) {
        try {
            state.recordStart(cluster.name(), new LastStart(tick, runId, cluster.failures(), cluster.lastRunSeen()));
            return null;
        } catch (RuntimeException e) {
            LOG.warn("the start of {} could not be recorded", cluster.name(), e);
            return "the start could not be recorded, so the next tick tries another: " + e.getMessage();
        }
    }

    private static @Nullable String join(@Nullable String first, @Nullable String second) {
        String joined = Stream.of(first, second).filter(Objects::nonNull).collect(Collectors.joining("; "));
        return joined.isEmpty() ? null : joined;
    }
}
