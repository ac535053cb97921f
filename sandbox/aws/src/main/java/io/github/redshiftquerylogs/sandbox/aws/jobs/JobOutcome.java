package io.github.redshiftquerylogs.sandbox.aws.jobs;

import java.util.Optional;

/**
 * The result of a run that was not interrupted.
 *
 * @param error the error message of a failed run; empty if the run succeeded
 */
public record JobOutcome(Optional<String> error) {

    /** A successful run. */
    public static JobOutcome succeeded() {
        return new JobOutcome(Optional.empty());
    }

    /** A failed run. */
    public static JobOutcome failed(String error) {
        return new JobOutcome(Optional.of(error));
    }
}
