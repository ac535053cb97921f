package io.github.redshiftquerylogs.sandbox.aws.jobs;

import java.util.concurrent.CompletableFuture;

/** A run that was started. */
public interface JobRun {

    /** Completes when the run has ended, also after {@link #stop}; never exceptionally. */
    CompletableFuture<JobOutcome> outcome();

    /** Asks the run to end; returns at once. */
    void stop();

    /** A run that has already ended. */
    static JobRun ended(JobOutcome outcome) {
        return new JobRun() {
            @Override
            public CompletableFuture<JobOutcome> outcome() {
                return CompletableFuture.completedFuture(outcome);
            }

            @Override
            public void stop() {}
        };
    }
}
