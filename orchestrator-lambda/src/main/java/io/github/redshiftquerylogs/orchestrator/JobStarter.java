package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.orchestrator.CallFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the job of one cluster. Optimistic: the job is there and idle nearly always, so the first call is the start,
 * and only its failure says whether anything else has to be done.
 *
 * <p>Thread-safe.
 */
final class JobStarter {

    private static final Logger LOG = LoggerFactory.getLogger(JobStarter.class);

    private final GlueJobs jobs;
    private final StateTable state;
    private final Backoff backoff;
    private final Pause pause;

    JobStarter(GlueJobs jobs, StateTable state, Backoff backoff, Pause pause) {
        this.jobs = jobs;
        this.state = state;
        this.backoff = backoff;
        this.pause = pause;
    }

    /**
     * Starts a run, and creates the job first if it does not exist.
     *
     * @return what became of it; failures of Glue and of the state table are outcomes, not exceptions
     */
    ClusterResult start(ClusterName cluster, JobDefinition definition, Instant tick, Deadline deadline)
            throws InterruptedException {
        if (!deadline.allows(Duration.ZERO)) {
            return ClusterResult.of(
                    cluster, Outcome.THROTTLED, "not reached in this tick's time; the next tick goes on");
        }
        try {
            String runId;
            @Nullable String detail = null;
            try {
                runId = startRun(definition, deadline);
            } catch (CallFailedException e) {
                if (e.failure().kind() != Kind.MISSING) {
                    throw e;
                }
                detail = create(cluster, definition, deadline);
                runId = startRun(definition, deadline);
            }
            return ClusterResult.started(cluster, runId, join(detail, remember(cluster, tick, runId)));
        } catch (CallFailedException e) {
            return ClusterResult.of(cluster, e.failure().outcome(), e.failure().text());
        }
    }

    private String startRun(JobDefinition definition, Deadline deadline)
            throws CallFailedException, InterruptedException {
        return patiently(() -> jobs.start(definition.name()), deadline);
    }

    private String create(ClusterName cluster, JobDefinition definition, Deadline deadline)
            throws CallFailedException, InterruptedException {
        try {
            patiently(
                    () -> {
                        jobs.create(definition);
                        return definition;
                    },
                    deadline);
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.EXISTS) {
                return "its job was created by somebody else at the same time";
            }
            throw e;
        }
        try {
            state.recordDefinition(cluster, definition.hash());
            return "its job was created";
        } catch (RuntimeException e) {
            LOG.warn("the definition of the job of {} could not be recorded", cluster, e);
            return "its job was created, but that could not be recorded: " + e.getMessage();
        }
    }

    /** A run that is going cannot be called back: what happens here is told, and changes nothing about the outcome. */
    private @Nullable String remember(ClusterName cluster, Instant tick, String runId) {
        try {
            state.recordStart(cluster, new LastStart(tick, runId));
            return null;
        } catch (RuntimeException e) {
            LOG.warn("the start of {} could not be recorded", cluster, e);
            return "the start could not be recorded, so the next tick tries another: " + e.getMessage();
        }
    }

    /** Tries again what was throttled, which Glue has not begun; nothing else. */
    private <T> T patiently(Call<T> call, Deadline deadline) throws CallFailedException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.make();
            } catch (CallFailedException e) {
                Duration next =
                        backoff.pauseAfter(attempt, ThreadLocalRandom.current().nextDouble());
                if (e.failure().kind() != Kind.THROTTLED || attempt >= backoff.attempts() || !deadline.allows(next)) {
                    throw e;
                }
                pause.of(next);
            }
        }
    }

    private static @Nullable String join(@Nullable String first, @Nullable String second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first + "; " + second;
    }

    private interface Call<T> {
        T make() throws CallFailedException;
    }
}
