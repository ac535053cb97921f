package io.github.redshiftquerylogs.orchestrator.call;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import java.time.Duration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Repeats calls within the time of a tick. Only throttled calls are repeated, because the service has not begun them.
 *
 * <p>Thread-safe.
 */
public final class Retrier {

    /** Limit of attempts of one call. */
    static final int ATTEMPTS = 5;

    static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    /**
     * Exponential backoff with full jitter
     * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): a random pause below a ceiling that
     * doubles with each attempt, so that callers that were throttled together do not come back together.
     */
    private static final BackoffStrategy BACKOFF = BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE);

    private final Pause pause;

    /** @param pause waits between two attempts */
    public Retrier(Pause pause) {
        this.pause = pause;
    }

    /** A call that returns something. */
    @FunctionalInterface
    public interface Call<T> {
        /** Makes the call once. */
        T make() throws CallFailedException;
    }

    /** A call that returns nothing. */
    @FunctionalInterface
    public interface Command {
        /** Makes the call once. */
        void make() throws CallFailedException;
    }

    /**
     * Makes a call that returns nothing; see {@link #call}.
     *
     * @throws CallFailedException if the last attempt failed, or no time was left for the first one
     */
    public void run(Command command, Tick tick) throws CallFailedException, InterruptedException {
        call(
                () -> {
                    command.make();
                    return command;
                },
                tick);
    }

    /**
     * Makes a call; repeats it while it is throttled, attempts are left and the tick has time.
     *
     * @throws CallFailedException if the last attempt failed, or no time was left for the first one
     */
    public <T> T call(Call<T> call, Tick tick) throws CallFailedException, InterruptedException {
        if (!tick.hasTime()) {
            throw new CallFailedException(CallFailure.notReached());
        }
        Attempts attempts = attempts(tick.deadline());
        while (true) {
            try {
                return call.make();
            } catch (CallFailedException e) {
                if (e.failure().kind() != Kind.THROTTLED || !attempts.pauseAfterFailure()) {
                    throw e;
                }
            }
        }
    }

    /** Counts the attempts of a call that is made by the caller. */
    public Attempts attempts(Deadline deadline) {
        return new Attempts(deadline);
    }

    /** The attempts of one call, and the pauses between them. */
    public final class Attempts {

        private final Deadline deadline;
        private int failed;

        private Attempts(Deadline deadline) {
            this.deadline = deadline;
        }

        /** Number of consecutive failed attempts. */
        public int failed() {
            return failed;
        }

        /**
         * Counts a failed attempt and pauses before the next one.
         *
         * @return false, without a pause, if no attempt or no time is left
         */
        public boolean pauseAfterFailure() throws InterruptedException {
            failed++;
            return failed < ATTEMPTS && pauseBefore(failed + 1);
        }

        /**
         * Pauses after an attempt that did a part of the work; the count of failed attempts starts again.
         *
         * @return false, without a pause, if no time is left
         */
        public boolean pauseAfterProgress() throws InterruptedException {
            failed = 0;
            return pauseBefore(2);
        }

        private boolean pauseBefore(int attempt) throws InterruptedException {
            Duration next = BACKOFF.computeDelay(attempt);
            if (!deadline.allows(next)) {
                return false;
            }
            pause.of(next);
            return true;
        }
    }
}
