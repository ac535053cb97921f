package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.CallFailure.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calls within the time that is left. Tries again what was throttled, which the service has not begun; nothing else.
 *
 * <p>Thread-safe.
 */
record PatientCalls(Backoff backoff, Pause pause) {

    /** A call that returns something. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws CallFailedException;
    }

    /** A call that returns nothing. */
    @FunctionalInterface
    interface Command {
        void make() throws CallFailedException;
    }

    void make(Command command, Deadline deadline) throws CallFailedException, InterruptedException {
        ask(
                () -> {
                    command.make();
                    return command;
                },
                deadline);
    }

    <T> T ask(Call<T> call, Deadline deadline) throws CallFailedException, InterruptedException {
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
