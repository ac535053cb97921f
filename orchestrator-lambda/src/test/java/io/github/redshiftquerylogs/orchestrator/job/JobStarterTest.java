package io.github.redshiftquerylogs.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.TestingParameters;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.state.InMemoryStateTable;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobStarterTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final String JOB = "orders_extract_rs_query_logs";
    private static final String START = "StartJobRun " + JOB;
    private static final String CREATE = "CreateJob " + JOB;
    private static final String UPDATE = "UpdateJob " + JOB;
    private static final String GET = "GetJob " + JOB;
    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final Tick PLENTY = new Tick(TICK, () -> Duration.ofMinutes(2));
    private static final JobDefinition DEFINITION = TestingDefinitions.of("orders");

    private static final CallFailure THROTTLED =
            CallFailure.answered(Operation.START, 400, "ThrottlingException", "Rate exceeded", true);

    private final TestingGlueJobs jobs = new TestingGlueJobs();
    private final InMemoryStateTable state = new InMemoryStateTable();
    private final List<Duration> pauses = new ArrayList<>();

    private ClusterResult start() throws InterruptedException {
        return start(SyncMode.TRUST);
    }

    private ClusterResult start(Deadline deadline) throws InterruptedException {
        return start(SyncMode.TRUST, new Tick(TICK, deadline));
    }

    private ClusterResult start(SyncMode syncMode) throws InterruptedException {
        return start(syncMode, PLENTY);
    }

    private ClusterResult start(SyncMode syncMode, Tick tick) throws InterruptedException {
        return new JobStarter(jobs, state, new Retrier(pauses::add))
                .start(new DueCluster(ORDERS, DEFINITION, syncMode, 2, "jr_0", false), tick);
    }

    private static CallFailure denied(Operation operation) {
        return CallFailure.answered(operation, 400, "AccessDeniedException", "not allowed", false);
    }

    @Test
    void usuallyOneCallIsAll() throws InterruptedException {
        jobs.withJob(JOB);
        assertThat(start()).isEqualTo(new ClusterResult("orders", "started", "jr_1", null));
        assertThat(jobs.calls()).containsExactly(START);
        assertThat(state.starts).containsEntry(ORDERS, new LastStart(TICK, "jr_1", 2, "jr_0"));
        assertThat(state.definitions).isEmpty();
    }

    @Test
    void aMissingJobIsCreatedAndStarted() throws InterruptedException {
        assertThat(start()).isEqualTo(new ClusterResult("orders", "started", "jr_1", "its job was created"));
        assertThat(jobs.calls()).containsExactly(START, CREATE, START);
        assertThat(state.definitions).containsEntry(ORDERS, DEFINITION.hash());
    }

    @Test
    void aJobThatSomebodyElseCreatesMeanwhileIsStarted() throws InterruptedException {
        jobs.withJob(JOB)
                .failing(
                        Operation.START,
                        JOB,
                        CallFailure.answered(Operation.START, 400, "EntityNotFoundException", "missing", false));
        assertThat(start().outcome()).isEqualTo("started");
        assertThat(jobs.calls()).containsExactly(START, CREATE, START);
        // what the other one made is not known here
        assertThat(state.definitions).isEmpty();
    }

    @Test
    void aJobThatIsStillMissingAfterItsCreationIsAFailure() throws InterruptedException {
        CallFailure missing = CallFailure.answered(Operation.START, 400, "EntityNotFoundException", "missing", false);
        jobs.failing(Operation.START, JOB, missing, missing);
        assertThat(start().outcome()).isEqualTo("failed");
        assertThat(jobs.calls()).containsExactly(START, CREATE, START);
    }

    @Test
    void aJobThatCannotBeCreatedIsAFailureWithItsReason() throws InterruptedException {
        jobs.failing(
                Operation.CREATE,
                JOB,
                CallFailure.answered(Operation.CREATE, 400, "InvalidInputException", "Role should be given", false));
        assertThat(start())
                .isEqualTo(new ClusterResult(
                        "orders", "failed", null, "CreateJob: InvalidInputException (400): Role should be given"));
        assertThat(jobs.calls()).containsExactly(START, CREATE);
        assertThat(state.starts).isEmpty();
    }

    @Test
    void aRunThatIsStillGoingIsNoErrorAndLeavesTheLastStartAsItIs() throws InterruptedException {
        LastStart before = new LastStart(TICK.minusSeconds(3600), "jr_0", 0, null);
        state.starts.put(ORDERS, before);
        jobs.withJob(JOB)
                .failing(
                        Operation.START,
                        JOB,
                        CallFailure.answered(
                                Operation.START,
                                400,
                                "ConcurrentRunsExceededException",
                                "Concurrent runs exceeded for " + JOB,
                                false));
        assertThat(start().outcome()).isEqualTo("running");
        assertThat(state.starts).containsEntry(ORDERS, before);
    }

    @Test
    void throttlingIsWaitedOutWithGrowingPauses() throws InterruptedException {
        jobs.withJob(JOB).failing(Operation.START, JOB, THROTTLED, THROTTLED, THROTTLED);
        assertThat(start().outcome()).isEqualTo("started");
        assertThat(jobs.calls()).containsExactlyElementsOf(Collections.nCopies(4, START));
        assertThat(pauses).hasSize(3);
        assertThat(pauses.get(0)).isLessThan(Duration.ofMillis(500));
        assertThat(pauses.get(1)).isLessThan(Duration.ofSeconds(1));
        assertThat(pauses.get(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void throttlingThatDoesNotEndIsAnOutcomeAfterAFewAttempts() throws InterruptedException {
        jobs.withJob(JOB)
                .failing(Operation.START, JOB, Collections.nCopies(9, THROTTLED).toArray(CallFailure[]::new));
        assertThat(start())
                .isEqualTo(new ClusterResult(
                        "orders", "throttled", null, "StartJobRun: ThrottlingException (400): Rate exceeded"));
        assertThat(jobs.calls()).hasSize(5);
        assertThat(pauses).hasSize(4);
        assertThat(state.starts).isEmpty();
    }

    @Test
    void aThrottledCreationIsWaitedOutToo() throws InterruptedException {
        jobs.failing(Operation.CREATE, JOB, THROTTLED);
        assertThat(start().outcome()).isEqualTo("started");
        assertThat(jobs.calls()).containsExactly(START, CREATE, CREATE, START);
    }

    @Test
    void aQuotaIsNotWaitedOutBecauseSecondsDoNotHelp() throws InterruptedException {
        jobs.withJob(JOB)
                .failing(
                        Operation.START,
                        JOB,
                        CallFailure.answered(
                                Operation.START, 400, "ResourceNumberLimitExceededException", "50 runs", false));
        assertThat(start().outcome()).isEqualTo("throttled");
        assertThat(jobs.calls()).containsExactly(START);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aLostReplyIsNeverRepeated() throws InterruptedException {
        jobs.withJob(JOB).failing(Operation.START, JOB, CallFailure.lost(Operation.START, "Read timed out"));
        ClusterResult result = start();
        assertThat(result.outcome()).isEqualTo("failed");
        assertThat(result.detail()).contains("unknown whether a run was started, the next tick finds out");
        assertThat(jobs.calls()).containsExactly(START);
        assertThat(state.starts).isEmpty();
    }

    @Test
    void aStartThatCannotBeRecordedIsStillAStartAndSaysSo() throws InterruptedException {
        jobs.withJob(JOB);
        state.failingWrites = new IllegalStateException("table is gone");
        assertThat(start())
                .isEqualTo(new ClusterResult(
                        "orders",
                        "started",
                        "jr_1",
                        "the start could not be recorded, so the next tick tries another: table is gone"));
    }

    @Test
    void aDefinitionThatCannotBeRecordedDoesNotHoldTheStartBack() throws InterruptedException {
        state.failingWrites = new IllegalStateException("table is gone");
        assertThat(start().detail())
                .isEqualTo("its job was created, but that could not be recorded: table is gone; "
                        + "the start could not be recorded, so the next tick tries another: table is gone");
        assertThat(jobs.calls()).containsExactly(START, CREATE, START);
    }

    @Test
    void withoutTimeForACallNoneIsMade() throws InterruptedException {
        jobs.withJob(JOB);
        assertThat(start(() -> Duration.ofSeconds(19)))
                .isEqualTo(new ClusterResult(
                        "orders", "throttled", null, "not reached in this tick's time; the next tick goes on"));
        assertThat(jobs.calls()).isEmpty();
    }

    @Test
    void noPauseReachesIntoTheTimeThatReportingNeeds() throws InterruptedException {
        jobs.withJob(JOB).failing(Operation.START, JOB, THROTTLED, THROTTLED, THROTTLED, THROTTLED);
        // time for the first call, and none left after it
        List<Duration> remaining = new ArrayList<>(List.of(Duration.ofSeconds(21)));
        ClusterResult result = start(() -> remaining.isEmpty() ? Duration.ofSeconds(19) : remaining.remove(0));
        assertThat(result.outcome()).isEqualTo("throttled");
        assertThat(jobs.calls()).containsExactly(START);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aDefinitionThatWasNotAppliedYetIsAppliedBeforeTheStart() throws InterruptedException {
        jobs.withJob(JOB);
        assertThat(start(SyncMode.APPLY))
                .isEqualTo(new ClusterResult("orders", "started", "jr_1", "its job was updated"));
        assertThat(jobs.calls()).containsExactly(UPDATE, START);
        assertThat(state.definitions).containsEntry(ORDERS, DEFINITION.hash());
    }

    @Test
    void aJobThatIsNotThereToBeUpdatedIsCreated() throws InterruptedException {
        assertThat(start(SyncMode.APPLY).detail()).isEqualTo("its job was created");
        assertThat(jobs.calls()).containsExactly(UPDATE, CREATE, START);
        assertThat(state.definitions).containsEntry(ORDERS, DEFINITION.hash());
    }

    @Test
    void aJobThatCannotBeUpdatedIsNotStartedAsItWasAndTheNextTickTriesAgain() throws InterruptedException {
        jobs.withJob(JOB).failing(Operation.UPDATE, JOB, denied(Operation.UPDATE));
        assertThat(start(SyncMode.APPLY))
                .isEqualTo(new ClusterResult(
                        "orders", "failed", null, "UpdateJob: AccessDeniedException (400): not allowed"));
        assertThat(jobs.calls()).containsExactly(UPDATE);
        assertThat(state.definitions).isEmpty();
        assertThat(state.starts).isEmpty();
    }

    @Test
    void anUpdateWhoseReplyIsLostIsRepeatedByTheNextTickOnly() throws InterruptedException {
        jobs.withJob(JOB).failing(Operation.UPDATE, JOB, CallFailure.lost(Operation.UPDATE, "Read timed out"));
        assertThat(start(SyncMode.APPLY).detail()).contains("unknown whether the job was updated");
        assertThat(jobs.calls()).containsExactly(UPDATE);
        assertThat(state.definitions).isEmpty();
    }

    @Test
    void anUpdateThatCollidesWithAnotherOneIsTriedAgain() throws InterruptedException {
        jobs.withJob(JOB)
                .failing(
                        Operation.UPDATE,
                        JOB,
                        CallFailure.answered(Operation.UPDATE, 400, "ConcurrentModificationException", "busy", false));
        assertThat(start(SyncMode.APPLY).outcome()).isEqualTo("started");
        assertThat(jobs.calls()).containsExactly(UPDATE, UPDATE, START);
    }

    @Test
    void anUpdateThatCannotBeRecordedSaysSo() throws InterruptedException {
        jobs.withJob(JOB);
        state.failingWrites = new IllegalStateException("table is gone");
        assertThat(start(SyncMode.APPLY).detail())
                .startsWith("its job was updated, but that could not be recorded: table is gone; ");
    }

    @Test
    void whatWasDoneBeforeAStartThatFailedIsTold() throws InterruptedException {
        jobs.withJob(JOB).failing(Operation.START, JOB, denied(Operation.START));
        assertThat(start(SyncMode.APPLY).detail())
                .isEqualTo("its job was updated; StartJobRun: AccessDeniedException (400): not allowed");
    }

    @Test
    void aJobAsItShouldBeIsComparedAndLeftAlone() throws InterruptedException {
        jobs.withJob(DEFINITION);
        assertThat(start(SyncMode.COMPARE)).isEqualTo(new ClusterResult("orders", "started", "jr_1", null));
        assertThat(jobs.calls()).containsExactly(GET, START);
    }

    @Test
    void aJobThatWasChangedByHandIsRestoredAndTheChangedSettingsAreNamed() throws InterruptedException {
        jobs.withJob(DEFINITION);
        jobs.changeByHand(JOB, "workers", "10");
        jobs.changeByHand(JOB, "--password", TestingParameters.PASSWORD);
        assertThat(start(SyncMode.COMPARE))
                .isEqualTo(new ClusterResult(
                        "orders",
                        "started",
                        "jr_1",
                        "its job had been changed (--password, workers) and was restored"));
        assertThat(jobs.calls()).containsExactly(GET, UPDATE, START);
        assertThat(start(SyncMode.COMPARE).detail()).isNull();
    }

    @Test
    void aJobThatWasDeletedIsMissedByTheComparison() throws InterruptedException {
        assertThat(start(SyncMode.COMPARE).detail()).isEqualTo("its job was created");
        assertThat(jobs.calls()).containsExactly(GET, CREATE, START);
    }

    @Test
    void aJobThatCannotBeReadIsStartedAllTheSame() throws InterruptedException {
        jobs.withJob(DEFINITION).failing(Operation.GET, JOB, denied(Operation.GET));
        assertThat(start(SyncMode.COMPARE))
                .isEqualTo(new ClusterResult(
                        "orders",
                        "started",
                        "jr_1",
                        "its job could not be compared with its definition: "
                                + "GetJob: AccessDeniedException (400): not allowed"));
    }

    @Test
    void noCallFollowsAnUpdateThatUsedTheTimeUp() throws InterruptedException {
        jobs.withJob(JOB);
        List<Duration> remaining = new ArrayList<>(List.of(Duration.ofSeconds(21)));
        Deadline deadline = () -> remaining.isEmpty() ? Duration.ofSeconds(19) : remaining.remove(0);
        ClusterResult result = start(SyncMode.APPLY, new Tick(TICK, deadline));
        assertThat(result.outcome()).isEqualTo("throttled");
        assertThat(result.detail())
                .isEqualTo("its job was updated; not reached in this tick's time; the next tick goes on");
        assertThat(jobs.calls()).containsExactly(UPDATE);
    }
}
