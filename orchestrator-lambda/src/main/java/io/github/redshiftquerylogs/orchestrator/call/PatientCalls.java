package io.github.redshiftquerylogs.orchestrator.call;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calls within the time that is left. Tries again what was throttled, which the service has not begun; nothing else.
 *
 * <p>Thread-safe.
 */
public final class PatientCalls {

    private final Backoff backoff;
    private final Pause pause;

    /** @param backoff how often a call is tried, and the pauses between */
    public PatientCalls(Backoff backoff, Pause pause) {
        this.backoff = backoff;
        this.pause = pause;
    }

    /** A call that returns something. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws CallFailedException;
    }

    /** A call that returns nothing. */
    @FunctionalInterface
    public interface Command {
        void make() throws CallFailedException;
    }

    public void make(Command command, Deadline deadline) throws CallFailedException, InterruptedException {
        ask(
                () -> {
                    command.make();
                    return command;
                },
                deadline);
    }

    public <T> T ask(Call<T> call, Deadline deadline) throws CallFailedException, InterruptedException {
        if (!deadline.allows(Duration.ZERO)) {
            throw new CallFailedException(CallFailure.notReached());
        }
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
}
