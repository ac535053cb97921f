package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.job.GlueJobApi;
import io.github.redshiftquerylogs.orchestrator.job.JobDefinition;
import io.github.redshiftquerylogs.orchestrator.job.TestingGlueJobs;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.schedule.FailureBackoff;
import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.InMemoryStateTable;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrchestratorHandlerTest {

    private static final Instant NOW = TestingServices.NOW;
    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");

    private final TestingServices services = new TestingServices();
    private final TestingGlueJobs jobs = services.jobs;
    private final InMemoryStateTable state = services.state;

    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    private TickResult tick(TestingParameters parameters, Instant time) {
        clock = TestingServices.clockAt(time);
        return handle(parameters, Map.of("source", "aws.scheduler", "time", time.toString()));
    }

    private TickResult handle(TestingParameters parameters, Map<String, Object> event) {
        return handle(parameters, event, jobs, TestingContext.begun());
    }

    private TickResult handle(
            TestingParameters parameters, Map<String, Object> event, GlueJobApi glue, TestingContext context) {
        return TestingServices.handler(services.services(parameters, glue), clock)
                .handleRequest(event, context);
    }

    private static String job(String cluster) {
        return ResourceNames.job(new ClusterName(cluster));
    }

    @Test
    void newClustersAreStartedAtOnceByWhateverTick() {
        TickResult result = tick(TestingParameters.withClusters("sales", "orders"), TICK);
        assertThat(result.tick()).isEqualTo("2026-11-19T10:05:00Z");
        assertThat(result.clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(tuple("orders", "started"), tuple("sales", "started"));
    }

    @Test
    void theTimeOfTheEventCountsAndNotThatOfTheInvocation() {
        assertThat(tick(TestingParameters.withClusters("orders"), TICK).tick()).isEqualTo(TICK.toString());
        assertThat(state.starts.get(new ClusterName("orders")))
                .isNotNull()
                .extracting(LastStart::tick)
                .isEqualTo(TICK);
    }

    @Test
    void anEventWithoutATimeHappensNow() {
        assertThat(handle(TestingParameters.withClusters("orders"), Map.of()).tick())
                .isEqualTo(NOW.toString());
    }

    @Test
    void aChangeInParameterStoreIsATickLikeAnyOther() {
        Map<String, Object> event = Map.of(
                "version", "0",
                "id", "6a7e4feb-b491-4cf7-a9f1-bf3703497718",
                "detail-type", "Parameter Store Change",
                "source", "aws.ssm",
                "account", "123456789012",
                "time", "2026-11-19T10:07:43Z",
                "region", "eu-central-1",
                "resources", List.of("arn:aws:ssm:eu-central-1:123456789012:parameter/redshift_query_logs.orders.user"),
                "detail", Map.of("operation", "Update", "name", "redshift_query_logs.orders.user", "type", "String"));
        assertThat(handle(TestingParameters.withClusters("orders"), event).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
    }

    private static Map<String, Object> change(String parameter, Instant time) {
        return Map.of(
                "detail-type",
                "Parameter Store Change",
                "source",
                "aws.ssm",
                "time",
                time.toString(),
                "detail",
                Map.of("operation", "Update", "name", parameter, "type", "String"));
    }

    @Test
    void aCorrectedPasswordEndsTheWaitOfItsClusterAndOfNoOther() {
        ClusterName orders = new ClusterName("orders");
        TestingParameters parameters =
                TestingParameters.withClusters("orders", "sales").put(ParameterNames.INTERVAL_MINUTES, "5");
        tick(parameters, TICK);
        for (ClusterName cluster : List.of(orders, new ClusterName("sales"))) {
            state.starts.put(cluster, new LastStart(TICK, "jr_9", 5, "jr_8"));
            state.runs.put(cluster, new LastRun("jr_9", false));
        }
        Instant next = TICK.plus(Schedule.TICK);
        assertThat(tick(parameters, next).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due", "not_due");
        assertThat(handle(parameters, change("redshift_query_logs.orders.password", next))
                        .clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(tuple("orders", "started"), tuple("sales", "not_due"));
        // its failures are not forgotten: if that was not it, it waits as long as before
        assertThat(state.starts.get(orders))
                .isNotNull()
                .extracting(LastStart::failures)
                .isEqualTo(6);
    }

    /** The queue of changes delivers those of many clusters to one call. */
    @Test
    void aBatchOfChangesIsOneTickForAllItsClusters() {
        TestingParameters parameters =
                TestingParameters.withClusters("hr", "orders", "sales").put(ParameterNames.INTERVAL_MINUTES, "5");
        tick(parameters, TICK);
        for (String cluster : List.of("hr", "orders", "sales")) {
            state.starts.put(new ClusterName(cluster), new LastStart(TICK, "jr_9", 5, "jr_8"));
            state.runs.put(new ClusterName(cluster), new LastRun("jr_9", false));
        }
        List<Map<String, Object>> records = Stream.of("orders.password", "orders.user", "sales.password")
                .map(parameter -> Map.<String, Object>of(
                        "body",
                        "{\"detail-type\": \"Parameter Store Change\", \"detail\": {\"name\":"
                                + " \"redshift_query_logs." + parameter + "\"}}"))
                .toList();
        Instant next = TICK.plus(Schedule.TICK);
        TickResult result = TestingServices.handler(services.services(parameters), Clock.fixed(next, ZoneOffset.UTC))
                .handleRequest(Map.of("Records", records), TestingContext.begun());
        assertThat(result.tick()).isEqualTo(next.toString());
        assertThat(result.clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(tuple("hr", "not_due"), tuple("orders", "started"), tuple("sales", "started"));
    }

    @Test
    void aCorrectedConnectionStartsAFailingClusterAtOnceToo() {
        ClusterName orders = new ClusterName("orders");
        TestingParameters parameters =
                TestingParameters.withClusters("orders").put(ParameterNames.INTERVAL_MINUTES, "1440");
        tick(parameters, TICK);
        state.endRuns(false);
        parameters.put(ParameterNames.connection(orders), "another");
        Instant next = TICK.plus(Schedule.TICK);
        assertThat(tick(parameters, next).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due");
        assertThat(handle(parameters, change(ParameterNames.connection(orders), next))
                        .clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was updated"));
    }

    @Test
    void aChangedParameterOfAClusterThatDoesNotFailStartsNothing() {
        TestingParameters parameters =
                TestingParameters.withClusters("orders").put(ParameterNames.INTERVAL_MINUTES, "1440");
        tick(parameters, TICK);
        state.endRuns(true);
        assertThat(handle(parameters, change("redshift_query_logs.orders.password", TICK.plus(Schedule.TICK)))
                        .clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due");
    }

    @Test
    void aChangedListStartsOnlyWhoIsNew() {
        tick(TestingParameters.withClusters("orders"), TICK);
        state.endRuns(false);
        assertThat(handle(
                                TestingParameters.withClusters("orders", "sales"),
                                change(ParameterNames.ENABLED_CLUSTER_LIST, TICK.plusSeconds(60)))
                        .clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(tuple("orders", "not_due"), tuple("sales", "started"));
    }

    @Test
    void anEventWhoseTimeIsNoInstantIsRefused() {
        assertThatThrownBy(() -> handle(TestingParameters.withClusters("orders"), Map.of("time", "soon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time = 'soon'")
                .hasMessageContaining("2026-11-19T10:05:00Z");
    }

    @Test
    void anEventOfAnotherTimeStartsNothingAndLeavesNothing() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        for (Duration distance : List.of(Duration.ofHours(-2), Duration.ofHours(2), Duration.ofDays(400))) {
            Instant time = NOW.plus(distance);
            assertThatThrownBy(() -> handle(parameters, Map.of("time", time.toString())))
                    .hasMessageContaining("expected a time within 60 minutes of the Lambda's clock");
        }
        assertThat(jobs.calls()).isEmpty();
        assertThat(state.starts).isEmpty();
        assertThat(services.metrics.published).isEmpty();
    }

    @Test
    void theTestEventOfTheConsoleIsATickLikeAnyOther() {
        assertThat(handle(TestingParameters.withClusters("orders"), Map.of("key1", "value1", "key2", "value2"))
                        .clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
    }

    @Test
    void overADayEachClusterIsStartedOncePerIntervalAndIsNotDueInBetween() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales")
                .put(ParameterNames.intervalMinutes(new ClusterName("sales")), "15");
        Map<String, Integer> started = new HashMap<>();
        Map<String, Integer> notDue = new HashMap<>();
        for (int tick = 0; tick < 288; tick++) {
            for (ClusterResult cluster : tick(parameters, TICK.plus(Schedule.TICK.multipliedBy(tick)))
                    .clusters()) {
                (cluster.outcome().equals("started") ? started : notDue).merge(cluster.cluster(), 1, Integer::sum);
            }
            state.endRuns(true);
        }
        // the first start of a new cluster comes before its first slot
        assertThat(started.get("orders")).isBetween(24, 25);
        assertThat(started.get("sales")).isBetween(96, 97);
        assertThat(notDue.get("orders")).isBetween(263, 264);
    }

    @Test
    void whoIsNotDueIsToldWhenAndCostsNoCall() {
        state.starts.put(new ClusterName("orders"), new LastStart(TICK, "jr_0", 0, null));
        assertThat(tick(TestingParameters.withClusters("orders"), TICK).clusters())
                .singleElement()
                .satisfies(cluster -> {
                    assertThat(cluster.outcome()).isEqualTo("not_due");
                    assertThat(cluster.detail())
                            .startsWith(
                                    "last started by the tick of 2026-11-19T10:05:00Z, due again from 2026-11-19T1");
                });
        assertThat(jobs.calls()).isEmpty();
    }

    @Test
    void overADayAClusterThatKeepsFailingIsStartedHourlyAndIsToldWhyAndUntilWhenItWaits() {
        TestingParameters parameters = TestingParameters.withClusters("orders")
                .put(ParameterNames.intervalMinutes(new ClusterName("orders")), "5");
        List<Instant> starts = new ArrayList<>();
        for (int number = 0; number < 288; number++) {
            Instant tick = TICK.plus(Schedule.TICK.multipliedBy(number));
            ClusterResult result = tick(parameters, tick).clusters().get(0);
            if (result.outcome().equals("started")) {
                starts.add(tick);
                state.endRuns(false);
            } else {
                Instant last = starts.get(starts.size() - 1);
                Duration wait = FailureBackoff.delay(Schedule.TICK, starts.size());
                assertThat(result.outcome()).isEqualTo("not_due");
                assertThat(result.detail())
                        .isEqualTo("last started by the tick of " + last + ", due again from " + last.plus(wait)
                                + " because " + starts.size() + " runs in a row have failed or left no summary");
            }
        }
        assertThat(starts)
                .startsWith(
                        TICK,
                        TICK.plus(Duration.ofMinutes(5)),
                        TICK.plus(Duration.ofMinutes(15)),
                        TICK.plus(Duration.ofMinutes(35)),
                        TICK.plus(Duration.ofMinutes(75)),
                        TICK.plus(Duration.ofMinutes(135)))
                .hasSize(27);
    }

    @Test
    void aSuccessEndsTheWaitAndSoDoesAnotherDefinition() {
        ClusterName orders = new ClusterName("orders");
        TestingParameters parameters =
                TestingParameters.withClusters("orders").put(ParameterNames.intervalMinutes(orders), "5");
        tick(parameters, TICK);
        LastStart failing = new LastStart(TICK, "jr_9", 5, "jr_8");
        state.starts.put(orders, failing);
        state.runs.put(orders, new LastRun("jr_9", false));
        Instant next = TICK.plus(Schedule.TICK);
        assertThat(tick(parameters, next).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due");

        state.runs.put(orders, new LastRun("jr_9", true));
        assertThat(tick(parameters, next).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");

        state.starts.put(orders, failing);
        state.runs.put(orders, new LastRun("jr_9", false));
        parameters.put(ParameterNames.connection(orders), "another");
        assertThat(tick(parameters, next).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its job was updated"));
        assertThat(state.starts.get(orders))
                .isNotNull()
                .extracting(LastStart::failures)
                .isEqualTo(0);
    }

    @Test
    void overADayOfHourlyStartsAJobIsComparedOnce() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales");
        // the first ticks create and are followed by a whole day
        for (int tick = 0; tick <= 288; tick++) {
            tick(parameters, TICK.plus(Schedule.TICK.multipliedBy(tick)));
            state.endRuns(true);
        }
        assertThat(jobs.calls().stream().filter(call -> call.startsWith("GetJob")))
                .containsExactlyInAnyOrder("GetJob " + job("orders"), "GetJob " + job("sales"));
        assertThat(jobs.calls().stream().filter(call -> call.startsWith("UpdateJob")))
                .hasSize(2);
    }

    @Test
    void aRunThatIsStillGoingLeavesTheClusterDueForTheNextTick() {
        jobs.withJob(job("orders"))
                .failing(
                        Operation.START,
                        job("orders"),
                        CallFailure.answered(Operation.START, 400, "ConcurrentRunsExceededException", "busy", false));
        TestingParameters parameters = TestingParameters.withClusters("orders");
        assertThat(tick(parameters, TICK).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("running");
        assertThat(tick(parameters, TICK.plus(Schedule.TICK)).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
    }

    @Test
    void placeholderCredentialsAreWaitedForWithoutACall() {
        TestingParameters parameters = TestingParameters.withClusters("orders").putCluster("orders", "tempuser");
        assertThat(tick(parameters, TICK).clusters())
                .containsExactly(new ClusterResult(
                        "orders", "awaiting_credentials", null, "its user is still the placeholder 'tempuser'"));
        assertThat(jobs.calls()).isEmpty();

        parameters.putCluster("orders", "exporter_user");
        assertThat(tick(parameters, TICK.plusSeconds(30)).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
    }

    @Test
    void everyEntryOfTheListThatCannotBeUsedSaysWhy() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "Sales", "global", "9lives", "hr", " ")
                .remove(ParameterNames.user(new ClusterName("hr")))
                .put(ParameterNames.intervalMinutes(new ClusterName("hr")), "2");
        assertThat(tick(parameters, TICK).clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(
                        tuple(
                                "9lives",
                                "misconfigured",
                                "redshift_query_logs.global.enabled_cluster_list = '9lives': expected "
                                        + ClusterName.EXPECTED),
                        tuple(
                                "Sales",
                                "misconfigured",
                                "redshift_query_logs.global.enabled_cluster_list = 'Sales': expected "
                                        + ClusterName.EXPECTED),
                        tuple(
                                "global",
                                "misconfigured",
                                "redshift_query_logs.global.enabled_cluster_list = 'global': expected another name, "
                                        + "'global' is reserved for the parameters of all clusters"),
                        tuple(
                                "hr",
                                "misconfigured",
                                "redshift_query_logs.hr.user = (missing): expected the name of a database user; "
                                        + "redshift_query_logs.hr.interval_minutes = '2': "
                                        + "expected a whole number of minutes from 5 to 1440"),
                        tuple("orders", "started", "its job was created"));
    }

    @Test
    void globalProblemsFailTheTickLoudlyWithAllOfThem() {
        TestingParameters parameters = TestingParameters.withClusters("orders")
                .remove(ParameterNames.ROLE)
                .put(ParameterNames.S3_PREFIX, "/data");
        assertThatThrownBy(() -> tick(parameters, TICK))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("redshift_query_logs.global.s3_prefix = '/data'")
                .hasMessageContaining("redshift_query_logs.global.role = (missing)");
        assertThat(jobs.calls()).isEmpty();
    }

    @Test
    void oneBrokenClusterTouchesNoneOfManyOthers() {
        String[] names =
                IntStream.rangeClosed(1, 40).mapToObj("cluster-%02d"::formatted).toArray(String[]::new);
        jobs.failing(
                Operation.START,
                job("cluster-17"),
                CallFailure.answered(Operation.START, 400, "AccessDeniedException", "not allowed", false));
        List<ClusterResult> results =
                tick(TestingParameters.withClusters(names), TICK).clusters();
        assertThat(results).extracting(ClusterResult::cluster).containsExactly(names);
        assertThat(results)
                .filteredOn(result -> !result.outcome().equals("started"))
                .containsExactly(new ClusterResult(
                        "cluster-17",
                        "failed",
                        null,
                        "its job was created; StartJobRun: AccessDeniedException (400): not allowed"));
    }

    @Test
    void aTickWithoutTimeReportsEveryDueClusterAsNotReached() {
        TickResult result = handle(
                TestingParameters.withClusters("orders", "sales"),
                Map.of(),
                jobs,
                new TestingContext(Duration.ofSeconds(15)));
        assertThat(result.clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsOnly(tuple("throttled", "not reached in this tick's time; the next tick goes on"));
        assertThat(jobs.calls()).isEmpty();
    }

    @Test
    void whoWaitsLongestIsStartedFirst() {
        String[] names = IntStream.rangeClosed(1, 9)
                .mapToObj(number -> "cluster-" + number)
                .toArray(String[]::new);
        for (int number = 1; number <= 9; number++) {
            // the higher its number, the longer ago
            state.starts.put(
                    new ClusterName("cluster-" + number),
                    new LastStart(TICK.minus(Duration.ofDays(number)), "jr_0", 0, null));
        }
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch eight = new CountDownLatch(8);
        GlueJobApi slow = new GlueJobApi() {
            @Override
            public String start(String job) {
                calls.add(job);
                eight.countDown();
                try {
                    assertThat(eight.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "jr_" + job;
            }

            @Override
            public void create(JobDefinition definition) {
                throw new IllegalStateException("all jobs are there");
            }

            @Override
            public void update(JobDefinition definition) {}

            @Override
            public boolean hasDied(String job, String runId) {
                return false;
            }

            @Override
            public Map<String, String> settings(String name) {
                throw new IllegalStateException("what was just applied is not compared");
            }
        };
        TickResult result = handle(
                TestingParameters.withClusters(names), Map.of("time", TICK.toString()), slow, TestingContext.begun());
        assertThat(result.clusters()).extracting(ClusterResult::outcome).containsOnly("started");
        // eight at a time: the one that was started last is the one left over
        assertThat(calls).hasSize(9).last().isEqualTo(job("cluster-1"));
    }

    @Test
    void missingVariablesAreAllReportedWhenLambdaLoadsTheHandler() {
        assertThatThrownBy(() -> new OrchestratorHandler(Map.of("AWS_REGION", "eu-central-1")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("JOB_JAR = (missing)")
                .hasMessageContaining("JOB_SCRIPT = (missing)");
    }
}
