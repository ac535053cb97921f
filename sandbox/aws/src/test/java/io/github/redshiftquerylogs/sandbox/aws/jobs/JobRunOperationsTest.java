package io.github.redshiftquerylogs.sandbox.aws.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

class JobRunOperationsTest {

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @Test
    void aRunGetsTheArgumentsOfTheJobOverriddenByItsOwn() {
        createJob("a", 1, 30);

        String id = aws.glue
                .startJobRun(start -> start.jobName("a").arguments(Map.of("--window", "2", "--extra", "3")))
                .jobRunId();

        await().until(() -> !aws.runner.requests.isEmpty());
        assertThat(aws.runner.requests.get(0))
                .isEqualTo(new JobRunRequest(
                        "a",
                        id,
                        "glueetl",
                        "s3://b/job.scala",
                        Map.of("--cluster", "a", "--window", "2", "--extra", "3"),
                        List.of("warehouse"),
                        Duration.ofMinutes(30)));
        assertThat(id).matches("jr_[0-9a-f]+");
        assertThat(run("a", id).arguments()).isEqualTo(Map.of("--window", "2", "--extra", "3"));
    }

    @Test
    void aRunThatSucceeds() {
        String id = startedRun("a");
        assertThat(run("a", id).completedOn()).isNull();

        aws.runner.outcomes.get(0).complete(JobOutcome.succeeded());

        awaitState("a", id, JobRunState.SUCCEEDED);
        JobRun run = run("a", id);
        assertThat(run.errorMessage()).isNull();
        assertThat(run.startedOn()).isBeforeOrEqualTo(run.completedOn());
        assertThat(run.executionTime()).isZero();
    }

    @Test
    void aRunThatFailsSaysWhy() {
        String id = startedRun("a");

        aws.runner.outcomes.get(0).complete(JobOutcome.failed("IllegalStateException: no"));

        awaitState("a", id, JobRunState.FAILED);
        assertThat(run("a", id).errorMessage()).isEqualTo("IllegalStateException: no");
    }

    @Test
    void aRunThatCannotBeStartedFails() {
        createJob("a", 1, 30);
        aws.endpoint.runJobsWith(request -> {
            throw new IllegalStateException("no such jar");
        });

        String id = start("a");

        awaitState("a", id, JobRunState.FAILED);
        assertThat(run("a", id).errorMessage()).isEqualTo("no such jar");
    }

    @Test
    void aSecondRunIsRefusedWhileTheFirstGoesOn() {
        startedRun("a");

        assertThatExceptionOfType(ConcurrentRunsExceededException.class).isThrownBy(() -> start("a"));

        aws.runner.outcomes.get(0).complete(JobOutcome.succeeded());
        await().untilAsserted(() -> assertThat(start("a")).isNotEmpty());
    }

    @Test
    void outOfManyStartsAtOnceAsManySucceedAsAreAllowed() throws Exception {
        createJob("a", 3, 30);
        ExecutorService threads = Executors.newFixedThreadPool(12);
        Callable<Boolean> attempt = () -> {
            try {
                return !start("a").isEmpty();
            } catch (ConcurrentRunsExceededException e) {
                return false;
            }
        };

        List<Future<Boolean>> attempts =
                threads.invokeAll(IntStream.range(0, 12).mapToObj(i -> attempt).toList());

        int started = 0;
        for (Future<Boolean> each : attempts) {
            started += each.get() ? 1 : 0;
        }
        assertThat(started).isEqualTo(3);
        threads.shutdown();
    }

    @Test
    void aStoppedRunEndsAsStopped() {
        String id = startedRun("a");

        BatchStopJobRunResponse response =
                aws.glue.batchStopJobRun(stop -> stop.jobName("a").jobRunIds(id, "jr_0"));

        assertThat(response.successfulSubmissions())
                .singleElement()
                .satisfies(stopped -> assertThat(stopped.jobRunId()).isEqualTo(id));
        assertThat(response.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException"));
        awaitState("a", id, JobRunState.STOPPED);
        assertThat(aws.glue
                        .batchStopJobRun(stop -> stop.jobName("a").jobRunIds(id))
                        .errors())
                .hasSize(1);
    }

    @Test
    void aRunEndsWhenItsTimeIsOver() {
        createJob("a", 1, 1);

        String id = start("a");

        awaitState("a", id, JobRunState.TIMEOUT);
        assertThat(run("a", id).errorMessage()).contains("timeout");
    }

    @Test
    void aRunMaySetItsOwnTimeout() {
        createJob("a", 1, 480);

        String id = aws.glue.startJobRun(start -> start.jobName("a").timeout(1)).jobRunId();

        awaitState("a", id, JobRunState.TIMEOUT);
    }

    @Test
    void aRunWithinItsTimeIsLeftAlone() {
        createJob("a", 1, 480);

        String id = start("a");

        awaitState("a", id, JobRunState.RUNNING);
        await().during(TestingEndpoint.MINUTE.multipliedBy(3))
                .until(() -> run("a", id).jobRunState() == JobRunState.RUNNING);
    }

    @Test
    void runsAreListedNewestFirstPageByPage() {
        createJob("a", 3, 30);
        List<String> ids = IntStream.range(0, 3).mapToObj(i -> start("a")).toList();

        List<String> listed = aws
                .glue
                .getJobRunsPaginator(get -> get.jobName("a").maxResults(2))
                .stream()
                .flatMap(page -> page.jobRuns().stream())
                .map(JobRun::id)
                .collect(Collectors.toList());

        assertThat(listed).containsExactly(ids.get(2), ids.get(1), ids.get(0));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatExceptionOfType(EntityNotFoundException.class).isThrownBy(() -> start("a"));
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.getJobRuns(get -> get.jobName("a")));
        createJob("a", 1, 30);
        assertThatExceptionOfType(EntityNotFoundException.class).isThrownBy(() -> run("a", "jr_0"));
    }

    @Test
    void closingTheEndpointStopsItsRuns() {
        startedRun("a");

        aws.endpoint.close();

        assertThat(aws.runner.outcomes.get(0)).isCompleted();
    }

    private String startedRun(String job) {
        createJob(job, 1, 480);
        String id = start(job);
        awaitState(job, id, JobRunState.RUNNING);
        return id;
    }

    private void createJob(String name, int maxConcurrentRuns, int timeout) {
        aws.glue.createJob(create -> create.name(name)
                .role("GlueRole")
                .command(command -> command.name("glueetl").scriptLocation("s3://b/job.scala"))
                .defaultArguments(Map.of("--cluster", name, "--window", "1"))
                .connections(connections -> connections.connections("warehouse"))
                .executionProperty(property -> property.maxConcurrentRuns(maxConcurrentRuns))
                .timeout(timeout));
    }

    private String start(String job) {
        return aws.glue.startJobRun(start -> start.jobName(job)).jobRunId();
    }

    private JobRun run(String job, String id) {
        return aws.glue.getJobRun(get -> get.jobName(job).runId(id)).jobRun();
    }

    private void awaitState(String job, String id, JobRunState state) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(run(job, id).jobRunState()).isEqualTo(state));
    }
}
