package io.github.redshiftquerylogs.sandbox.aws.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job run and its state. Thread-safe. */
final class GlueJobRun {

    enum State {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED,
        SUCCEEDED,
        FAILED,
        TIMEOUT
    }

    private static final Set<State> ENDED = EnumSet.of(State.STOPPED, State.SUCCEEDED, State.FAILED, State.TIMEOUT);

    private final JobRunRequest request;
    private final ObjectNode details;
    private final Clock clock;
    private final Instant startedOn;

    private State state = State.STARTING;
    /** The final state of an interrupted run, whatever the result of its process. */
    private @Nullable State interruption;

    private @Nullable JobRun process;
    private @Nullable Instant completedOn;
    private String error = "";

    /** @param details further fields of the reply */
    GlueJobRun(JobRunRequest request, ObjectNode details, Clock clock) {
        this.request = request;
        this.details = details;
        this.clock = clock;
        this.startedOn = clock.instant();
    }

    JobRunRequest request() {
        return request;
    }

    synchronized boolean ended() {
        return ENDED.contains(state);
    }

    synchronized State state() {
        return state;
    }

    synchronized void running(JobRun started) {
        process = started;
        if (interruption == null) {
            state = State.RUNNING;
        } else {
            started.stop();
        }
    }

    /** Stops the run, now or as soon as it has started. Has no effect on a run that has ended. */
    synchronized void interrupt(State endsAs, String message) {
        if (ended() || interruption != null) {
            return;
        }
        interruption = endsAs;
        error = message;
        state = endsAs == State.STOPPED ? State.STOPPING : state;
        if (process != null) {
            process.stop();
        }
    }

    synchronized void ended(JobOutcome outcome) {
        completedOn = clock.instant();
        if (interruption != null) {
            state = interruption;
        } else {
            state = outcome.error().isPresent() ? State.FAILED : State.SUCCEEDED;
            error = outcome.error().orElse("");
        }
    }

    synchronized JsonNode render() {
        Instant until = completedOn == null ? clock.instant() : completedOn;
        ObjectNode run = details.deepCopy()
                .put("Id", request.runId())
                .put("JobName", request.jobName())
                .put("Attempt", 0)
                .put("JobRunState", state.name())
                .put("Timeout", request.timeout().toMinutes())
                .put("ExecutionTime", Duration.between(startedOn, until).toSeconds());
        run.set("StartedOn", Json.time(startedOn));
        run.set("LastModifiedOn", Json.time(until));
        if (completedOn != null) {
            run.set("CompletedOn", Json.time(completedOn));
        }
        return error.isEmpty() ? run : run.put("ErrorMessage", error);
    }
}
