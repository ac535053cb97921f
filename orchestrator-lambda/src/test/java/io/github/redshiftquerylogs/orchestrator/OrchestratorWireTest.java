package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.connection.SdkClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.connection.SdkGlueConnections;
import io.github.redshiftquerylogs.orchestrator.connection.SsmConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.environment.TestingEnvironments;
import io.github.redshiftquerylogs.orchestrator.job.SdkGlueJobs;
import io.github.redshiftquerylogs.orchestrator.monitor.TestingMetrics;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.InMemoryStateTable;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRun;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunRequest;
import io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.WorkerType;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The real SDK clients against the local AWS endpoint. */
@Timeout(60)
class OrchestratorWireTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final Environment ENVIRONMENT = TestingEnvironments.of(
            "s3://artifacts/jobs.jar", "s3://artifacts/export.scala", "export_state", "redshift_query_logs_db");

    private final InMemoryStateTable state = new InMemoryStateTable();
    private final TestingMetrics metrics = new TestingMetrics();
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
    private LocalAwsEndpoint aws;
    private SsmClient ssm;
    private GlueClient glue;
    private RedshiftClient redshift;

    private record Run(JobRunRequest request, CompletableFuture<JobOutcome> outcome) implements JobRun {

        Run(JobRunRequest request) {
            this(request, new CompletableFuture<>());
        }

        void end() {
            outcome.complete(JobOutcome.succeeded());
        }

        @Override
        public void stop() {
            end();
        }
    }

    @BeforeEach
    void start() {
        aws = LocalAwsEndpoint.start(request -> {
            Run run = new Run(request);
            runs.add(run);
            return run;
        });
        ssm = SsmClient.builder().endpointOverride(aws.uri()).build();
        glue = OrchestratorHandler.glueClientBuilder()
                .endpointOverride(aws.uri())
                .build();
        redshift = RedshiftClient.builder().endpointOverride(aws.uri()).build();
    }

    @AfterEach
    void stop() {
        ssm.close();
        glue.close();
        redshift.close();
        aws.close();
    }

    private void put(TestingParameters parameters) {
        parameters
                .values()
                .forEach((name, value) -> ssm.putParameter(request -> request.name(name)
                        .value(value)
                        .overwrite(true)
                        .type(
                                name.endsWith(".password")
                                        ? ParameterType.SECURE_STRING
                                        : name.equals(ParameterNames.ENABLED_CLUSTER_LIST)
                                                ? ParameterType.STRING_LIST
                                                : ParameterType.STRING)));
    }

    private TickResult tick(Instant time) {
        return tick(time, glue);
    }

    private TickResult tick(Instant time, GlueClient client) {
        return new OrchestratorHandler(
                        new Services(
                                new SettingsReader(ssm),
                                new SdkGlueJobs(client),
                                new SdkGlueConnections(client),
                                new SsmConnectionRecord(ssm),
                                new SdkClusterDirectory(redshift),
                                state,
                                state,
                                metrics),
                        ENVIRONMENT,
                        TestingServices.clockAt(time))
                .handleRequest(Map.of("time", time.toString()), TestingContext.begun());
    }

    /** Runs a first tick, which creates the jobs, and ends its runs. */
    private void firstTick(String... clusters) {
        put(TestingParameters.withClusters(clusters));
        assertThat(tick(TICK).clusters()).extracting(ClusterResult::outcome).containsOnly("started");
        endRuns(clusters.length);
    }

    private void endRuns(int count) {
        Awaitility.await().until(() -> runs.size() == count);
        runs.forEach(Run::end);
        Awaitility.await()
                .until(() -> runs.stream()
                        .allMatch(run -> glue.getJobRun(
                                        request -> request.jobName(run.request().jobName())
                                                .runId(run.request().runId()))
                                .jobRun()
                                .jobRunStateAsString()
                                .equals("SUCCEEDED")));
        state.endRuns(true);
    }

    private int calls(String operation) {
        return aws.callCount(operation);
    }

    @Test
    void usuallyAStartIsOneCallOfGlue() {
        firstTick("orders", "sales");
        int starts = calls("StartJobRun");
        int creations = calls("CreateJob");
        int updates = calls("UpdateJob");
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(tuple("orders", "started"), tuple("sales", "started"));
        assertThat(calls("StartJobRun")).isEqualTo(starts + 2);
        assertThat(calls("UpdateJob")).isEqualTo(updates);
        assertThat(calls("CreateJob")).isEqualTo(creations);
        assertThat(calls("GetJob")).isZero();
    }

    @Test
    void aMissingJobIsCreatedAsDefinedAndStarted() {
        put(TestingParameters.withClusters("orders"));
        ClusterResult result = tick(TICK).clusters().get(0);
        assertThat(result.outcome()).isEqualTo("started");
        assertThat(result.runId()).startsWith("jr_");
        assertThat(result.detail()).isEqualTo("its job was created");
        assertThat(calls("UpdateJob")).isEqualTo(1);
        assertThat(calls("CreateJob")).isEqualTo(1);
        assertThat(calls("StartJobRun")).isEqualTo(1);

        Job job = glue.getJob(request -> request.jobName("orders_extract_rs_query_logs"))
                .job();
        assertThat(job.role()).isEqualTo("exporter");
        assertThat(job.command().name()).isEqualTo("glueetl");
        assertThat(job.command().scriptLocation()).isEqualTo("s3://artifacts/export.scala");
        assertThat(job.glueVersion()).isEqualTo("5.1");
        assertThat(job.workerTypeAsString()).isEqualTo("G.1X");
        assertThat(job.numberOfWorkers()).isEqualTo(2);
        assertThat(job.timeout()).isEqualTo(30);
        assertThat(job.maxRetries()).isZero();
        assertThat(job.executionProperty().maxConcurrentRuns()).isEqualTo(1);
        assertThat(job.connections().connections()).containsExactly("orders-connection");
        assertThat(job.defaultArguments()).containsEntry("--cluster_name", "orders");
        assertThat(glue.getTags(request ->
                                request.resourceArn("arn:aws:glue:eu-central-1:000000000000:job/" + job.name()))
                        .tags())
                .containsEntry("cluster_name", "orders");

        Awaitility.await().until(() -> runs.size() == 1);
        JobRunRequest run = runs.element().request();
        assertThat(run.runId()).isEqualTo(result.runId());
        assertThat(run.arguments()).containsEntry("--extra-jars", "s3://artifacts/jobs.jar");
    }

    @Test
    void aJobThatSomebodyElseMakesAtTheSameTimeIsNoError() {
        put(TestingParameters.withClusters("orders"));
        glue.createJob(request -> request.name(ResourceNames.job(new ClusterName("orders")))
                .role("other")
                .command(command -> command.name("glueetl")));
        aws.failNext("UpdateJob", new AwsError("EntityNotFoundException", "no such job"), 1);
        aws.failNext(
                "CreateJob",
                new AwsError(
                        "IdempotentParameterMismatchException", "Job already submitted with different configuration"),
                1);
        assertThat(tick(TICK).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was created by somebody else at the same time"));
        assertThat(state.definitions).isEmpty();

        // what the other one made is not known here, so the next start applies what is wanted
        endRuns(1);
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was updated"));
        assertThat(job().role()).isEqualTo("exporter");
    }

    private Job job() {
        return glue.getJob(request -> request.jobName(ResourceNames.job(new ClusterName("orders"))))
                .job();
    }

    @Test
    void aJobWhoseParametersChangedIsUpdatedAsAWholeBeforeItsNextStart() {
        firstTick("orders");
        Job created = job();
        put(TestingParameters.withClusters("orders").put(ParameterNames.ROLE, "other"));
        int starts = calls("StartJobRun");
        int updates = calls("UpdateJob");
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was updated"));
        assertThat(calls("UpdateJob")).isEqualTo(updates + 1);
        assertThat(calls("StartJobRun")).isEqualTo(starts + 1);
        // an update says all that a creation says
        assertThat(job())
                .usingRecursiveComparison()
                .isEqualTo(created.toBuilder()
                        .role("other")
                        .lastModifiedOn(job().lastModifiedOn())
                        .build());

        endRuns(2);
        assertThat(tick(TICK.plus(Duration.ofHours(2))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", null));
        assertThat(calls("UpdateJob")).isEqualTo(updates + 1);
    }

    @Test
    void aJobThatWasDeletedByHandIsCreatedAgain() {
        firstTick("orders");
        glue.deleteJob(request -> request.jobName(ResourceNames.job(new ClusterName("orders"))));
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was created"));
        assertThat(job().role()).isEqualTo("exporter");
    }

    @Test
    void aJobThatWasChangedByHandIsRestoredWithinADay() {
        firstTick("orders");
        changeByHand();
        // in between a start gives no hint, and nobody looks
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", null));
        assertThat(job().numberOfWorkers()).isEqualTo(10);
        endRuns(2);

        Instant nextDay = Schedule.nextDue(new ClusterName("orders"), Duration.ofDays(1), TICK);
        assertThat(tick(nextDay).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple(
                        "started",
                        "its job had been changed (--conf, connections, timeoutMinutes, workerType, workers) "
                                + "and was restored"));
        assertThat(job().workerTypeAsString()).isEqualTo("G.1X");
        assertThat(job().connections().connections()).containsExactly("orders-connection");
        assertThat(job().defaultArguments()).containsKey("--conf");

        endRuns(3);
        int gets = calls("GetJob");
        int updates = calls("UpdateJob");
        assertThat(tick(nextDay.plus(Duration.ofDays(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", null));
        assertThat(calls("GetJob")).isEqualTo(gets + 1);
        assertThat(calls("UpdateJob")).isEqualTo(updates);
    }

    @Test
    void aJobThatWasChangedByHandIsRestoredAtOnceIfItsRunFailed() {
        firstTick("orders");
        changeByHand();
        state.endRuns(false);
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters().get(0).detail())
                .startsWith("its job had been changed (");
        assertThat(job().numberOfWorkers()).isEqualTo(2);
    }

    private void changeByHand() {
        Job job = job();
        glue.updateJob(request -> request.jobName(job.name())
                .jobUpdate(update -> update.role(job.role())
                        .command(job.command())
                        .glueVersion(job.glueVersion())
                        .workerType(WorkerType.G_2_X)
                        .numberOfWorkers(10)
                        .defaultArguments(job.defaultArguments().entrySet().stream()
                                .filter(argument -> !argument.getKey().equals("--conf"))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))));
    }

    @Test
    void anUpdateWhoseReplyIsLostIsDoneAgainByTheNextTick() {
        firstTick("orders");
        put(TestingParameters.withClusters("orders").put(ParameterNames.ROLE, "other"));
        aws.dropReplyAfter("UpdateJob");
        ClusterResult lost = tick(TICK.plus(Duration.ofHours(1))).clusters().get(0);
        assertThat(lost.outcome()).isEqualTo("failed");
        assertThat(lost.detail()).contains("unknown whether the job was updated, the next tick does it again");
        assertThat(tick(TICK.plus(Duration.ofMinutes(65))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was updated"));
    }

    @Test
    void aClusterWhoseRunsDieWithoutASummaryIsStartedLessOften() {
        put(TestingParameters.withClusters("orders")
                .put(ParameterNames.intervalMinutes(new ClusterName("orders")), "5"));
        int started = 0;
        for (int tick = 0; tick < 12; tick++) {
            ClusterResult result =
                    tick(TICK.plus(Schedule.TICK.multipliedBy(tick))).clusters().get(0);
            if (result.outcome().equals("started")) {
                started++;
                endRuns(started);
                state.runs.clear();
            }
        }
        // at 0, 5, 15 and 35 minutes
        assertThat(started).isEqualTo(4);
    }

    @Test
    void aRunThatIsStillGoingIsNotStartedAgain() {
        put(TestingParameters.withClusters("orders"));
        tick(TICK);
        Awaitility.await().until(() -> runs.size() == 1);
        ClusterResult result = tick(TICK.plus(Duration.ofHours(1))).clusters().get(0);
        assertThat(result.outcome()).isEqualTo("running");
        assertThat(result.detail()).contains("Concurrent runs exceeded for orders_extract_rs_query_logs");
        assertThat(runs).hasSize(1);
        assertThat(state.starts)
                .hasEntrySatisfying(
                        new ClusterName("orders"),
                        start -> assertThat(start.tick()).isEqualTo(TICK));
    }

    @Test
    void throttlingThatPassesIsWaitedOut() {
        firstTick("orders");
        int starts = calls("StartJobRun");
        aws.failNext("StartJobRun", new AwsError("ThrottlingException", "Rate exceeded"), 2);
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
        assertThat(calls("StartJobRun")).isEqualTo(starts + 3);
    }

    @Test
    void throttlingThatStaysIsAnOutcomeAfterFiveCalls() {
        firstTick("orders");
        int starts = calls("StartJobRun");
        aws.failNext("StartJobRun", new AwsError("TooManyRequestsException", "slow down", 429), 50);
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .containsExactly(new ClusterResult(
                        "orders", "throttled", null, "StartJobRun: TooManyRequestsException (429): slow down"));
        assertThat(calls("StartJobRun")).isEqualTo(starts + 5);
    }

    @Test
    void aLostReplyIsNotFollowedByASecondStartAndTheNextTickFindsOut() {
        firstTick("orders");
        int starts = calls("StartJobRun");
        aws.dropReplyAfter("StartJobRun");
        ClusterResult lost = tick(TICK.plus(Duration.ofHours(1))).clusters().get(0);
        assertThat(lost.outcome()).isEqualTo("failed");
        assertThat(lost.detail()).contains("unknown whether a run was started, the next tick finds out");
        assertThat(calls("StartJobRun")).isEqualTo(starts + 1);

        assertThat(tick(TICK.plus(Duration.ofMinutes(65))).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("running");
        assertThat(runs).hasSize(2);
    }

    @Test
    void anErrorOfTheServerIsNotFollowedByASecondStartEither() {
        firstTick("orders");
        int starts = calls("StartJobRun");
        aws.failNext("StartJobRun", new AwsError("InternalServiceException", "oops", 500), 1);
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters().get(0).detail())
                .contains("unknown whether a run was started");
        assertThat(calls("StartJobRun")).isEqualTo(starts + 1);
    }

    @Test
    void aClientWithRetriesWouldFollowALostReplyWithASecondStart() {
        firstTick("orders");
        int starts = calls("StartJobRun");
        aws.dropReplyAfter("StartJobRun");
        try (GlueClient repeating =
                GlueClient.builder().endpointOverride(aws.uri()).build()) {
            assertThatThrownBy(() -> repeating.startJobRun(request -> request.jobName("orders_extract_rs_query_logs")))
                    .isInstanceOf(ConcurrentRunsExceededException.class);
        }
        assertThat(calls("StartJobRun")).isEqualTo(starts + 2);
    }

    @Test
    void aClientThatRepeatsRequestsByItselfIsRefused() {
        try (GlueClient repeating =
                GlueClient.builder().endpointOverride(aws.uri()).build()) {
            assertThatThrownBy(() -> tick(TICK, repeating))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("retries");
        }
    }

    @Test
    void whatCannotBeSentIsToldApartFromALostReply() {
        put(TestingParameters.withClusters("orders"));
        // nobody listens on the port of discard
        try (GlueClient nobody = OrchestratorHandler.glueClientBuilder()
                .endpointOverride(URI.create("http://127.0.0.1:9"))
                .build()) {
            ClusterResult result = tick(TICK, nobody).clusters().get(0);
            assertThat(result.outcome()).isEqualTo("failed");
            assertThat(result.detail()).startsWith("UpdateJob: not sent:");
        }
    }

    @Test
    void oneBrokenClusterAmongMany() {
        String[] names =
                IntStream.rangeClosed(1, 20).mapToObj("cluster-%02d"::formatted).toArray(String[]::new);
        put(TestingParameters.withClusters(names)
                .remove(ParameterNames.user(new ClusterName("cluster-07")))
                .put(ParameterNames.ROLE, "exporter"));
        assertThat(tick(TICK).clusters())
                .hasSize(20)
                .filteredOn(result -> !result.outcome().equals("started"))
                .containsExactly(new ClusterResult(
                        "cluster-07",
                        "misconfigured",
                        null,
                        "redshift_query_logs.cluster-07.user = (missing): expected the name of a database user"));
        Awaitility.await().until(() -> runs.size() == 19);
    }

    @Test
    void dueAndNotDueAcrossTicks() {
        firstTick("orders");
        Instant due = Schedule.nextDue(new ClusterName("orders"), Duration.ofHours(1), TICK);
        int starts = calls("StartJobRun");
        assertThat(tick(due.minusSeconds(1)).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due");
        assertThat(calls("StartJobRun")).isEqualTo(starts);
        assertThat(tick(due).clusters()).extracting(ClusterResult::outcome).containsExactly("started");
        assertThat(tick(due.plus(Schedule.TICK)).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due");
    }

    @Test
    void aClusterIsAddedByParametersAlone() {
        firstTick("orders");
        put(TestingParameters.withClusters("orders", "sales"));
        assertThat(tick(TICK).clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(tuple("orders", "not_due"), tuple("sales", "started"));
    }

    @Test
    void noPasswordIsInResultJobOrState() {
        firstTick("orders");
        String all = tick(TICK).toString()
                + glue.getJob(request -> request.jobName("orders_extract_rs_query_logs"))
                + runs
                + state.starts
                + state.definitions;
        assertThat(all).contains("orders").doesNotContain(TestingParameters.PASSWORD);
    }

    /** A cluster that was added by its name, a user and a password, and that Redshift knows. */
    private void addByName() {
        put(TestingParameters.withClusters("orders").remove(ParameterNames.connection(new ClusterName("orders"))));
        aws.warehouses().addCluster(ClusterDetails.of("orders", "orders.example.com", 5439, "dev"));
    }

    private String recorded() {
        return ssm.getParameter(request -> request.name("redshift_query_logs.orders.connection"))
                .parameter()
                .value();
    }

    @Test
    void aClusterIsAddedByItsNameUserAndPasswordAndNothingElse() {
        addByName();
        ClusterResult result = tick(TICK).clusters().get(0);
        assertThat(result.outcome()).isEqualTo("started");
        assertThat(result.detail()).isEqualTo("its connection 'orders_rs_query_logs' was created; its job was created");
        assertThat(recorded()).isEqualTo("orders_rs_query_logs");
        assertThat(job().connections().connections()).containsExactly("orders_rs_query_logs");
        assertThat(glue.getConnection(request -> request.name("orders_rs_query_logs"))
                        .connection()
                        .connectionProperties())
                .containsEntry(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL, "jdbc:redshift://orders.example.com:5439/dev");
        assertThat(state.descriptions).containsKey(new ClusterName("orders"));

        endRuns(1);
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", null));
        assertThat(calls("CreateConnection")).isEqualTo(1);
        assertThat(calls("PutParameter")).isEqualTo(4 + 3);
    }

    @Test
    void aLostReplyToTheCreationOfAConnectionIsFoundOutByTheNextTick() {
        addByName();
        aws.dropReplyAfter("CreateConnection");
        ClusterResult lost = tick(TICK).clusters().get(0);
        assertThat(lost.outcome()).isEqualTo("failed");
        assertThat(lost.detail()).contains("unknown whether the connection was created, the next tick finds out");
        assertThat(tick(TICK.plus(Schedule.TICK)).clusters().get(0).detail())
                .isEqualTo("its connection 'orders_rs_query_logs' already existed; its job was created");
        assertThat(recorded()).isEqualTo("orders_rs_query_logs");
    }

    @Test
    void aLostReplyToTheRecordIsNoHarmBecauseTheClientAsksAgain() {
        addByName();
        aws.dropReplyAfter("PutParameter");
        assertThat(tick(TICK).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(
                        tuple("started", "its connection 'orders_rs_query_logs' was created; its job was created"));
        assertThat(recorded()).isEqualTo("orders_rs_query_logs");
    }

    @Test
    void aClusterThatRedshiftDoesNotKnowIsMisconfigured() {
        addByName();
        aws.warehouses().removeCluster("orders");
        ClusterResult result = tick(TICK).clusters().get(0);
        assertThat(result.outcome()).isEqualTo("misconfigured");
        assertThat(result.detail())
                .startsWith("no cluster 'orders' in this account and Region: expected the identifier of a provisioned"
                        + " cluster; or a parameter redshift_query_logs.orders.connection");
        assertThat(metrics.last().failed()).isEqualTo(1);
    }

    @Test
    void aClusterBehindTheDataApiHasAJobWithoutAConnection() {
        put(TestingParameters.withClusters("orders")
                .put(ParameterNames.connection(new ClusterName("orders")), "redshift-data://orders/dev"));
        assertThat(tick(TICK).clusters()).extracting(ClusterResult::outcome).containsExactly("started");
        assertThat(job().connections().connections()).isEmpty();
        state.endRuns(false);
        // after a failed run the job is compared: without a connection is as it should be
        assertThat(tick(TICK.plus(Duration.ofHours(1))).clusters().get(0).detail())
                .doesNotContain("had been changed");
        assertThat(calls("GetJob")).isEqualTo(1 + 1);
    }
}
