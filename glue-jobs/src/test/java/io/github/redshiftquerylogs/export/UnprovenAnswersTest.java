package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are missing, late or without rows: none is believed without proof, and none stops an export. */
class UnprovenAnswersTest {

    private final ModelHistory history = new ModelHistory(1);
    private final FakeCluster cluster = history.cluster();
    private final LocalDateTime start = cluster.clock();

    private TableSummary run() {
        return run(sql -> {});
    }

    private TableSummary run(FakeCluster.Interference statements) {
        RunSummary run = history.export(history.state(), statements, Runnable::run);
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return run.tables().get(0);
    }

    /** Rows that end each minute of an hour; the clock stands at its end, plus the settling time. */
    private void hour(LocalDateTime from) {
        for (int minute = 1; minute <= 60; minute++) {
            cluster.add(from.plusMinutes(minute), minute);
        }
        cluster.clock(from.plusMinutes(62));
    }

    private static FakeCluster.Interference timeout(String part) {
        return sql -> {
            if (sql.contains(part)) {
                throw SourceException.ofReply(
                        FailureCategory.SOURCE,
                        "canceling statement due to statement timeout",
                        "57014",
                        false,
                        "timeout");
            }
        };
    }

    /** The question for new rows is not answered, so that the table is read without it. */
    private static FakeCluster.Interference withoutNews(FakeCluster.Interference others) {
        boolean[] asked = {false};
        return sql -> {
            if (!asked[0] && sql.contains("part = 0")) {
                asked[0] = true;
                timeout("part = 0").at(sql);
            }
            others.at(sql);
        };
    }

    @Test
    void momentInWhichTheClusterShowsNoRowsLosesNone() {
        hour(start);
        run();
        hour(start.plusHours(1));
        cluster.shows(false);
        TableSummary hidden = run();
        assertThat(hidden.readUpTo()).contains(start.plusHours(1));
        assertThat(hidden.complete()).isTrue();
        cluster.shows(true);
        assertThat(run().rows()).isEqualTo(60);
        history.requireEveryRowOnce();
    }

    @Test
    void firstExportInSuchAMomentLosesNone() {
        hour(start);
        cluster.shows(false);
        assertThat(run().readUpTo()).isEmpty();
        cluster.shows(true);
        run();
        history.requireEveryRowOnce();
    }

    @Test
    void secondAnswerWithoutRowsCountsUpToTheFirstOne() {
        cluster.clock(start.plusMinutes(2));
        assertThat(run().readUpTo()).isEmpty();
        cluster.clock(start.plusMinutes(12));
        assertThat(run().readUpTo()).contains(start);
        cluster.clock(start.plusMinutes(22));
        assertThat(run().readUpTo()).contains(start.plusMinutes(10));
    }

    /** The negative control: rows that are hidden while the newest one is shown are lost, and the model notices. */
    @Test
    void nothingThatIsBelievedAtOnceWouldLoseRows() {
        hour(start);
        run();
        hour(start.plusHours(1));
        cluster.hideAfter(start.plusHours(1));
        assertThat(run().readUpTo()).contains(start.plusHours(2));
        cluster.hideAfter(LocalDateTime.MAX);
        run();
        assertThatThrownBy(history::requireEveryRowOnce).isInstanceOf(AssertionError.class);
    }

    @Test
    void questionForNewRowsThatIsNotAnsweredIsANoteAndStopsNothing() {
        hour(start);
        run();
        hour(start.plusHours(1));
        RunSummary run = history.export(history.state(), timeout("part = 0"), Runnable::run);
        assertThat(run.status()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(run.source().orElseThrow().notes())
                .singleElement()
                .asString()
                .startsWith("which logs have new rows is unknown");
        assertThat(run.tables().get(0).rows()).isEqualTo(60);
        history.requireEveryRowOnce();
    }

    @Test
    void questionForNewRowsThatFailsForAnotherReasonStopsNothingEither() {
        hour(start);
        run();
        hour(start.plusHours(1));
        FakeCluster.Interference broken = sql -> {
            if (sql.contains("part = 0")) {
                throw new IllegalStateException("an answer of another shape");
            }
        };
        RunSummary run = history.export(history.state(), broken, Runnable::run);
        assertThat(run.source().orElseThrow().notes())
                .singleElement()
                .asString()
                .startsWith("the question for new rows failed")
                .contains("an answer of another shape");
        assertThat(run.tables().get(0).rows()).isEqualTo(60);
        history.requireEveryRowOnce();
    }

    @Test
    void windowBeginsWithTheFirstNewRow() {
        hour(start);
        run();
        hour(start.plusHours(20));
        TableSummary after = run();
        assertThat(after.windows()).isOne();
        assertThat(after.rows()).isEqualTo(60);
        history.requireEveryRowOnce();
    }

    @Test
    void quietTableThatShowsItsNewestRowMovesAtOnce() {
        hour(start);
        run();
        for (int minutes = 10; minutes <= 60; minutes += 10) {
            cluster.clock(start.plusMinutes(62 + minutes));
            TableSummary quiet = run();
            assertThat(quiet.readUpTo()).contains(start.plusMinutes(60 + minutes));
            assertThat(quiet.windows()).as("the question for new rows answers").isZero();
            assertThat(quiet.attempts()).isZero();
            assertThat(quiet.complete()).isTrue();
            assertThat(quiet.notes()).isEmpty();
        }
    }

    /** Such as svcs_concurrency_scaling_usage: its rows of an hour ago are the news of a tick in which nothing happens. */
    @Test
    void tableThatSettlesLaterHasItsNewRowsInAQuietTickAndThenNoneEither() {
        ModelHistory later = new ModelHistory(1, StateHistory.export(FakeCluster.SQL));
        LocalDateTime begun = later.cluster().clock();
        later.cluster().add(begun, 1);
        later.cluster().clock(begun.plusMinutes(16));
        assertThat(tick(later).windows()).isOne();
        later.cluster().add(begun.plusMinutes(10), 2);
        later.cluster().clock(begun.plusMinutes(20));
        assertThat(tick(later).windows()).as("not settled").isZero();
        later.cluster().clock(begun.plusMinutes(26));
        assertThat(tick(later).rows()).as("settled").isOne();
        later.cluster().clock(begun.plusMinutes(31));
        assertThat(tick(later).attempts()).isZero();
    }

    private static TableSummary tick(ModelHistory of) {
        RunSummary run = of.export(of.state(), sql -> {}, Runnable::run);
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return run.tables().get(0);
    }

    @Test
    void rowsThatAppearBetweenFetchAndProofAreReadBeforeTheMarkMoves() {
        hour(start);
        run();
        hour(start.plusHours(1));
        cluster.shows(false);
        TableSummary late = run(withoutNews(sql -> {
            if (sql.contains("part = 0")) {
                cluster.shows(true);
            }
        }));
        assertThat(late.rows()).isEqualTo(60);
        history.requireEveryRowOnce();
    }

    /** The proof by other tables comes after the look at this one: it proves nothing about rows that appear in between. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsThatAppearBeforeTheProofByOtherTablesAreNotLost(boolean firstExport) {
        if (!firstExport) {
            hour(start);
            run();
            cluster.trim(start.plusHours(1));
        }
        hour(start.plusHours(1));
        cluster.shows(false);
        boolean[] looked = {false};
        FakeCluster.Interference shownToOthers = sql -> {
            if (looked[0] && sql.startsWith("select min(coalesce")) {
                cluster.shows(true);
            }
            looked[0] |= sql.contains("part = 0");
        };
        run(firstExport ? shownToOthers : withoutNews(shownToOthers));
        cluster.shows(true);
        run();
        assertThat(history.lakeRows()).isEqualTo(firstExport ? 60 : 120);
    }

    @Test
    void firstRowThatIsNotFoundInTimeDoesNotStopAFirstExport() {
        hour(start);
        TableSummary first =
                run(timeout("min(coalesce(log_time, timestamp '1970-01-01 00:00:00.000000')), cast(count(*) as bigint)"
                        + " from (select log_time, id from log where log_time > timestamp '1970"));
        assertThat(first.rows()).isEqualTo(60);
        assertThat(first.notes()).singleElement().asString().contains("the source's first row is unknown");
        history.requireEveryRowOnce();
    }

    /** Windows of six hours would be four. */
    @Test
    void firstExportWithFewRowsTakesWholeDaysInOneCommit() {
        rowsEachHour(20);
        TableSummary first = run();
        assertThat(first.windows()).as("up to midnight, and the day after").isEqualTo(2);
        assertThat(first.rows()).isEqualTo(20);
        assertThat(history.commits()).isOne();
        assertThat(first.readUpTo()).contains(start.plusHours(20));
        history.requireEveryRowOnce();
    }

    @Test
    void firstExportWithManyRowsTakesShorterWindows() {
        rowsEachHour(20);
        manyRows(1);
        assertThat(run().windows()).as("of six hours").isGreaterThan(3);
        assertThat(history.commits()).isGreaterThan(3);
    }

    /** As many as make a table large, in the first hours of a day. */
    private void manyRows(int hour) {
        for (int row = 0; row < 20_000; row++) {
            cluster.add(start.plusHours(hour), 100 + row);
        }
    }

    /** The number of rows is as little final as any other answer. */
    @Test
    void rowsThatAppearAfterTheyWereCountedDoNotGoIntoOneCommit() {
        rowsEachHour(70);
        run(beforeFetch(1, () -> manyRows(30)));
        assertThat(history.commits())
                .as("up to the day with many rows, and the rest")
                .isEqualTo(2);
        history.requireEveryRowOnce();
    }

    /**
     * A day that the cluster does not show, while it shows the next one, would be lost if its answer went into a commit with
     * the next one: then the watermark would pass it.
     */
    @Test
    void dayWithoutRowsEndsACommitAndIsAskedForAgain() {
        rowsEachHour(70);
        TableSummary first = run(duringFetch(2));
        assertThat(history.commits()).isEqualTo(2);
        assertThat(first.attempts()).isEqualTo(first.windows() + 1);
        assertThat(first.rows()).isEqualTo(70);
        history.requireEveryRowOnce();
    }

    @Test
    void windowThatFailsKeepsTheOthersOfItsCommitForTheNextRun() {
        rowsEachHour(70);
        FakeCluster.Interference fails = beforeFetch(3, () -> timeout("log").at("log"));
        RunSummary failed = history.export(history.state(), fails, Runnable::run);
        assertThat(failed.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(history.commits()).isZero();
        assertThat(history.files()).as("of the two windows before it").isEmpty();

        TableSummary next = run();
        assertThat(next.rows()).isEqualTo(70);
        assertThat(history.commits())
                .as("each window by itself")
                .isEqualTo(next.windows())
                .isGreaterThan(10);
        history.requireEveryRowOnce();
    }

    /** Something happens before a fetch is answered; counted from 1. */
    private static FakeCluster.Interference beforeFetch(int number, Runnable action) {
        int[] fetches = {0};
        return sql -> {
            if (isFetch(sql) && ++fetches[0] == number) {
                action.run();
            }
        };
    }

    /** The cluster shows no rows while it answers a fetch. */
    private FakeCluster.Interference duringFetch(int number) {
        int[] fetches = {0};
        return sql -> cluster.shows(!isFetch(sql) || ++fetches[0] != number);
    }

    private static boolean isFetch(String sql) {
        return sql.startsWith("select log_time, id") && !sql.endsWith("limit 0");
    }

    @Test
    void firstExportInWhichARunEndedTakesShorterWindowsHoweverFewItsRowsAre() {
        rowsEachHour(20);
        history.state()
                .begin(
                        new ClusterName("model"),
                        "log",
                        new TableState.Attempt("died", new Window(start, start.plusHours(8))));
        assertThat(run().windows()).as("of four hours").isGreaterThan(4);
        history.requireEveryRowOnce();
    }

    private void rowsEachHour(int hours) {
        for (int hour = 1; hour <= hours; hour++) {
            cluster.add(start.plusHours(hour), hour);
        }
        cluster.clock(start.plusHours(hours).plusMinutes(2));
    }

    @Test
    void firstExportStaysAnHourAwayFromTheEdgeOfTheRetention() {
        cluster.add(start.minusDays(7).plusMinutes(50), 1);
        cluster.add(start.minusDays(7).plusMinutes(70), 2);
        cluster.clock(start);
        TableSummary first = run();
        assertThat(first.rows()).isOne();
        assertThat(first.notes()).singleElement().asString().contains("the source may trim older rows");
    }

    @Test
    void sourceThatKeepsRowsForLongerIsReadFromItsFirstRow() {
        cluster.add(start.minusDays(30), 1);
        cluster.add(start.minusDays(7), 2);
        cluster.clock(start.plusMinutes(2));
        TableSummary first = run();
        assertThat(first.notes()).isEmpty();
        history.requireEveryRowOnce();
    }

    @Test
    void rowThatIsGoneTooEarlyIsAGap() {
        hour(start);
        run();
        cluster.trim(start.plusHours(1));
        LocalDateTime next = start.plusDays(2);
        hour(next);
        assertThat(run().notes())
                .satisfiesExactly(
                        gap -> assertThat(gap).startsWith("gap: rows between"),
                        seal -> assertThat(seal).contains(" was not sealed: the source shows 0 rows"));
        assertThat(history.state().gaps()).containsExactly(new Gap(start.plusHours(1), next.plusMinutes(1)));
    }

    @Test
    void rowOfASentinelTimeHidesNoGap() {
        hour(start);
        run();
        cluster.trim(start.plusHours(1));
        cluster.add(LocalDateTime.parse("2000-01-01T00:00:00"), -1);
        hour(start.plusDays(2));
        run();
        assertThat(history.state().gaps()).hasSize(1);
    }

    @Test
    void longPauseIsNoGapWhileTheNewestRowIsShown() {
        hour(start);
        run();
        hour(start.plusDays(3));
        assertThat(run().notes()).isEmpty();
        assertThat(history.state().gaps()).isEmpty();
        history.requireEveryRowOnce();
    }

    @Test
    void searchForGapsThatIsNotAnsweredIsANote() {
        hour(start);
        run();
        hour(start.plusDays(2));
        String newest = "log_time <= timestamp '2026-11-18 23:00:00.000000'";
        TableSummary after = run(timeout(newest));
        assertThat(after.notes()).singleElement().asString().contains("were trimmed before they were read is unknown");
        run();
        history.requireEveryRowOnce();
    }
}
