package io.github.redshiftquerylogs.sandbox.aws.jobs;

import java.util.Optional;

/**
 * How a run ended by itself.
 *
 * @param error the error message of a failed run; empty if the run succeeded
 */
public record JobOutcome(Optional<String> error) {

    /** The run did what it had to. */
    public static JobOutcome succeeded() {
        return new JobOutcome(Optional.empty());
    }

    /** The run failed. */
    public static JobOutcome failed(String error) {
        return new JobOutcome(Optional.of(error));
    }
}
