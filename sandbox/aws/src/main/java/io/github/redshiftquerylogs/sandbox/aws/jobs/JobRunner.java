package io.github.redshiftquerylogs.sandbox.aws.jobs;

/** Starts the runs of StartJobRun. */
@FunctionalInterface
public interface JobRunner {

    /**
     * Starts a run and returns without waiting for its end. Called on a thread of its own per run.
     *
     * @throws RuntimeException if the run cannot be started; the run then ends as FAILED with this message
     */
    JobRun start(JobRunRequest request);
}
