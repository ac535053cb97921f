package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.PatientCalls;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the job of a cluster what it should be. Says what was done, for people; {@code null} if nothing was.
 *
 * <p>Thread-safe.
 */
final class JobUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(JobUpkeep.class);

    private final GlueJobs jobs;
    private final StateTable state;
    private final PatientCalls calls;

    JobUpkeep(GlueJobs jobs, StateTable state, PatientCalls calls) {
        this.jobs = jobs;
        this.state = state;
        this.calls = calls;
    }

    /** Before the start. Throws if the job is known to be another one than wanted: then it is better not started. */
    @Nullable
    String before(DueCluster cluster, Deadline deadline) throws CallFailedException, InterruptedException {
        return switch (cluster.care()) {
            case TRUST -> null;
            case COMPARE -> compare(cluster, deadline);
            case APPLY -> apply(cluster, "its job was updated", deadline);
        };
    }

    /** Creates a job that is not there. */
    String create(DueCluster cluster, Deadline deadline) throws CallFailedException, InterruptedException {
        try {
            calls.make(() -> jobs.create(cluster.definition()), deadline);
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.EXISTS) {
                return "its job was created by somebody else at the same time";
            }
            throw e;
        }
        return record(cluster, "its job was created");
    }

    /** A job that cannot be read is most likely as it was, so its start does not wait for that. */
    private @Nullable String compare(DueCluster cluster, Deadline deadline)
            throws CallFailedException, InterruptedException {
        Map<String, String> actual;
        try {
            actual = calls.ask(() -> jobs.settings(cluster.definition().name()), deadline);
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.MISSING) {
                return create(cluster, deadline);
            }
            return "its job could not be compared with its definition: "
                    + e.failure().text();
        }
        List<String> drift = JobDrift.between(cluster.definition(), actual);
        return drift.isEmpty()
                ? null
                : apply(
                        cluster,
                        "its job had been changed (" + String.join(", ", drift) + ") and was put right",
                        deadline);
    }

    private String apply(DueCluster cluster, String done, Deadline deadline)
            throws CallFailedException, InterruptedException {
        try {
            calls.make(() -> jobs.update(cluster.definition()), deadline);
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.MISSING) {
                return create(cluster, deadline);
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
            LOG.warn("the definition of the job of {} could not be recorded", cluster.name(), e);
            return done + ", but that could not be recorded: " + e.getMessage();
        }
    }
}
