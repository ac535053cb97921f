package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the job of a cluster in line with its definition. Methods return what was done, for users.
 *
 * <p>Thread-safe.
 */
final class JobUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(JobUpkeep.class);

    private final GlueJobApi jobs;
    private final StateTable state;
    private final Retrier retrier;

    JobUpkeep(GlueJobApi jobs, StateTable state, Retrier retrier) {
        this.jobs = jobs;
        this.state = state;
        this.retrier = retrier;
    }

    /**
     * Synchronises the job before its start, by {@link DueCluster#syncMode}.
     *
     * @throws CallFailedException if the job is known to differ and could not be updated; then it should not be started
     */
    Optional<String> beforeStart(DueCluster cluster, Tick tick) throws CallFailedException, InterruptedException {
        return switch (cluster.syncMode()) {
            case TRUST -> Optional.empty();
            case COMPARE -> compare(cluster, tick);
            case APPLY -> Optional.of(apply(cluster, "its job was updated", tick));
        };
    }

    /** Creates a missing job. */
    String create(DueCluster cluster, Tick tick) throws CallFailedException, InterruptedException {
        try {
            retrier.run(() -> jobs.create(cluster.definition()), tick);
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.EXISTS) {
                return "its job was created by somebody else at the same time";
            }
            throw e;
        }
        return record(cluster, "its job was created");
    }

    /** A job that cannot be read has most likely not changed, so its start does not wait for that. */
    private Optional<String> compare(DueCluster cluster, Tick tick) throws CallFailedException, InterruptedException {
        Map<String, String> actual;
        try {
            actual = retrier.call(() -> jobs.settings(cluster.definition().name()), tick);
        } catch (CallFailedException e) {
            return Optional.of(
                    e.failure().kind() == Kind.MISSING
                            ? create(cluster, tick)
                            : "its job could not be compared with its definition: "
                                    + e.failure().text());
        }
        List<String> drift = JobDrift.between(cluster.definition(), actual);
        return drift.isEmpty()
                ? Optional.empty()
                : Optional.of(apply(
                        cluster, "its job had been changed (" + String.join(", ", drift) + ") and was restored", tick));
    }

    private String apply(DueCluster cluster, String done, Tick tick) throws CallFailedException, InterruptedException {
        try {
            retrier.run(() -> jobs.update(cluster.definition()), tick);
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.MISSING) {
                return create(cluster, tick);
            }
            throw e;
        }
        return record(cluster, done);
    }

    private String record(DueCluster cluster, String done) {
        try {
            state.recordDefinition(cluster.name(), cluster.definition().hash());
            return done;
        } catch (RuntimeException e) {
            LOG.warn("the job definition of {} could not be recorded", cluster.name(), e);
            return done + ", but that could not be recorded: " + e.getMessage();
        }
    }
}
