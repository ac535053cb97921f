package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.count.OpenDays;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.ClosedDay;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows of a day are counted once, after the day, and a count that fails stops nothing. */
class DailyCountTest {

    private static final ClusterName CLUSTER = new ClusterName("model");

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final LocalDateTime NINE = DAY.atTime(9, 0);

    private final ModelHistory history = new ModelHistory(1);
    private final FakeCluster cluster = history.cluster();
    private final AtomicInteger asked = new AtomicInteger();

    /** The day before is counted, and the day itself has rows at 9 and at 10. */
    @BeforeEach
    void aDayWithRows() {
        cluster.clock(DAY.atTime(8, 0));
        run();
        for (int id = 0; id < 90; id++) {
            cluster.add(NINE.plusMinutes(id), id);
        }
        cluster.clock(DAY.atTime(23, 0));
        run();
        assertThat(history.counts()).isEmpty();
        asked.set(0);
        leaveSealingToAnotherRun();
    }

    /** Sealing counts too, and completes. */
    private void leaveSealingToAnotherRun() {
        assertThat(history.state()
                        .claimSealing(new ClusterName("model"), "another run", cluster.clock(), Duration.ofDays(30)))
                .isTrue();
    }

    private TableSummary run() {
        return run(sql -> {}, Runnable::run);
    }

    private TableSummary run(FakeCluster.Interference statements, FaultyCatalog.Disturbance commits) {
        RunSummary run = history.export(
                history.state(),
                sql -> {
                    if (isCount(sql)) {
                        asked.incrementAndGet();
                    }
                    statements.at(sql);
                },
                commits);
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return run.tables().get(0);
    }

    private static boolean isCount(String sql) {
        return sql.startsWith("select date_trunc(");
    }

    private static void timeout(String sql) {
        if (isCount(sql)) {
            throw SourceException.ofReply(
                    FailureCategory.SOURCE, "canceling statement due to timeout", "57014", false, "timeout");
        }
    }

    private void nextDay(int hour, int minute) {
        cluster.clock(DAY.plusDays(1).atTime(hour, minute));
    }

    @Test
    void theDayIsCountedOnceByOneStatement() {
        LocalDateTime open = DAY.plusDays(1).atStartOfDay().plus(OpenDays.grace(CLUSTER));
        cluster.clock(open);
        run();
        assertThat(asked).as("by the upper bound it is two minutes earlier").hasValue(0);
        cluster.clock(open.plusMinutes(2));
        assertThat(run().notes()).isEmpty();
        nextDay(4, 0);
        run();
        assertThat(asked).hasValue(1);
        assertThat(history.counts()).containsExactly("2026-11-19 10: 30/30", "2026-11-19 9: 60/60");
        assertThat(history.closed())
                .isEqualTo(new ClosedDay(DAY, Optional.of(new ClosedDay.Totals(90, 90, List.of()))));
    }

    @Test
    void rowsThatAppearedLateAreMissingAndSaid() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(4, 0);
        assertThat(run().notes())
                .containsExactly(
                        "on 2026-11-19 the source has 91 rows, the lake 90; the source has more in the hours [9] (UTC)");
        assertThat(history.counts()).containsExactly("2026-11-19 10: 30/30", "2026-11-19 9: 61/60");
        assertThat(history.closed().totals()).contains(new ClosedDay.Totals(91, 90, List.of(9)));
        assertThatThrownBy(history::requireCounts).as("the model notices it").isInstanceOf(AssertionError.class);
    }

    @Test
    void rowsThatTheSourceHasTrimmedAreShownAndNotSaid() {
        nextDay(2, 0);
        run();
        cluster.trim(NINE.plusMinutes(59));
        nextDay(4, 0);
        assertThat(run().notes()).isEmpty();
        assertThat(history.counts()).containsExactly("2026-11-19 10: 30/30", "2026-11-19 9: 0/60");
    }

    @Test
    void aCountThatIsNotAnsweredIsANoteAndALaterRunTriesAgain() {
        nextDay(4, 0);
        assertThat(run(DailyCountTest::timeout, Runnable::run).notes())
                .singleElement()
                .asString()
                .startsWith("the rows of 2026-11-19 were not counted, a later run tries again: canceling statement");
        nextDay(4, 10);
        run();
        assertThat(asked).as("not by each of many short runs").hasValue(1);
        nextDay(4, 31);
        run();
        assertThat(asked).hasValue(2);
        assertThat(history.counts()).hasSize(2);
    }

    @Test
    void aDayThatIsNeverAnsweredIsGivenUpForTheNextOne() {
        nextDay(4, 0);
        run(DailyCountTest::timeout, Runnable::run);
        cluster.clock(DAY.plusDays(2).atTime(4, 0));
        String of = "<= timestamp '2026-11-19 23:59:59.999999'";
        assertThat(run(sql -> timeout(sql.contains(of) ? sql : ""), Runnable::run)
                        .notes())
                .singleElement()
                .asString()
                .startsWith("the rows of 2026-11-19 were not counted, and will not be: canceling statement");
        assertThat(asked).hasValue(3);
        assertThat(history.closed().day()).isEqualTo(DAY.plusDays(1));
    }

    @Test
    void anAnswerWithoutAnyOfTheLakesRowsIsNotBelievedAtOnce() {
        nextDay(4, 0);
        assertThat(run(sql -> cluster.shows(!isCount(sql)), Runnable::run).notes())
                .containsExactly("the rows of 2026-11-19 were not counted, a later run tries again: the source shows"
                        + " none of the 90 rows that the lake has");
        cluster.shows(true);
        nextDay(5, 0);
        run();
        assertThat(history.counts()).containsExactly("2026-11-19 10: 30/30", "2026-11-19 9: 60/60");
    }

    @Test
    void aRunThatDiedAfterItsCommitIsCompletedFromTheLake() {
        nextDay(4, 0);
        run();
        history.state().clear();
        leaveSealingToAnotherRun();
        nextDay(5, 0);
        run();
        assertThat(asked).as("the count is there").hasValue(1);
        assertThat(history.counts()).hasSize(2);
        assertThat(history.closed().totals()).contains(new ClosedDay.Totals(90, 90, List.of()));
    }

    @Test
    void aCommitOfWhichTheReplyIsLostIsNotRepeated() {
        nextDay(2, 0);
        run();
        nextDay(4, 0);
        boolean[] counted = {false};
        run(sql -> counted[0] |= isCount(sql), commit -> {
            commit.run();
            if (counted[0]) {
                counted[0] = false;
                throw new CommitStateUnknownException(new IllegalStateException("no reply"));
            }
        });
        assertThat(history.counts()).hasSize(2);
        history.requireCounts();
    }

    @Test
    void ofTwoRunsAtOnceOneCounts() {
        nextDay(4, 0);
        boolean[] nested = {false};
        run(
                sql -> {
                    if (isCount(sql) && !nested[0]) {
                        nested[0] = true;
                        history.export(
                                history.state(), other -> asked.addAndGet(isCount(other) ? 1 : 0), Runnable::run);
                    }
                },
                Runnable::run);
        assertThat(nested[0]).isTrue();
        assertThat(asked).hasValue(1);
        history.requireCounts();
    }

    /** The claim only saves statements: what keeps the counts single is the fence and the look into the lake. */
    @Test
    void twoRunsThatCountTheSameDayStoreItOnce() {
        nextDay(4, 0);
        boolean[] nested = {false};
        run(
                sql -> {
                    if (isCount(sql) && !nested[0]) {
                        nested[0] = true;
                        // the claim is lost
                        history.state().clear();
                        leaveSealingToAnotherRun();
                        history.export(
                                history.state(), other -> asked.addAndGet(isCount(other) ? 1 : 0), Runnable::run);
                    }
                },
                Runnable::run);
        assertThat(asked).hasValue(2);
        assertThat(history.counts()).hasSize(2);
        history.requireCounts();
    }

    @Test
    void daysThatTheSourceMayHaveTrimmedAreNotCountedAndSaid() {
        cluster.clock(DAY.plusDays(10).atTime(9, 0));
        assertThat(run().notes())
                .contains("the rows of 2026-11-19 to 2026-11-22 were not counted: the source may have trimmed some of"
                        + " them already");
        assertThat(history.counts()).isEmpty();
        assertThat(history.closed().day()).isEqualTo(DAY.plusDays(9));
    }
}
