package io.github.redshiftquerylogs.sandbox.aws.jobs;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the requested runs; they end when the test ends them or when they are stopped. */
public final class TestingJobRunner implements JobRunner {

    final List<JobRunRequest> requests = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<JobOutcome>> outcomes = new CopyOnWriteArrayList<>();

    @Override
    public JobRun start(JobRunRequest request) {
        requests.add(request);
        CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
        outcomes.add(outcome);
        return new JobRun() {
            @Override
            public CompletableFuture<JobOutcome> outcome() {
                return outcome;
            }

            @Override
            public void stop() {
                outcome.complete(JobOutcome.failed("terminated"));
            }
        };
    }
}
