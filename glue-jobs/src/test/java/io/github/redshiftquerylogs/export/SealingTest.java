package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.SealState;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A day that is over is completed by the rows that were late, and recorded as sealed. */
class SealingTest {

    private static final ClusterName CLUSTER = new ClusterName("model");
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final LocalDateTime NINE = DAY.atTime(9, 0);

    private final ModelHistory history = new ModelHistory(1);
    private final FakeCluster cluster = history.cluster();
    private final List<String> counts = new ArrayList<>();

    /** The day has rows at 9 and 10, and is exported. The days before have none. */
    @BeforeEach
    void aDayWithRows() {
        cluster.clock(DAY.atTime(8, 0));
        run();
        for (int id = 0; id < 90; id++) {
            cluster.add(NINE.plusMinutes(id), id);
        }
        cluster.clock(DAY.atTime(23, 0));
        run();
        counts.clear();
    }

    private TableSummary run() {
        return run(sql -> {}, Runnable::run);
    }

    private TableSummary run(FakeCluster.Interference statements, FaultyCatalog.Disturbance commits) {
        RunSummary run = history.export(
                history.state(),
                sql -> {
                    if (sql.startsWith("select date_trunc(")) {
                        counts.add(sql);
                    }
                    statements.at(sql);
                },
                commits);
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return run.tables().get(0);
    }

    private void nextDay(int hour) {
        daysLater(1, hour);
    }

    private void daysLater(int days, int hour) {
        cluster.clock(DAY.plusDays(days).atTime(hour, 5));
    }

    /** The entries of the day: revision, state, rows of the source and of the lake, late ones. */
    private List<String> entries() {
        return history.table("sealed_days").map(TestingLake::rows).orElse(List.of()).stream()
                .filter(row -> row.getField("day").equals(DAY))
                .sorted(Comparator.comparing(row -> (Long) row.getField("sequence")))
                .map(row -> row.getField("revision") + " " + row.getField("state") + " " + row.getField("source_rows")
                        + "/" + row.getField("lake_rows") + " late " + row.getField("late_rows") + " in "
                        + row.getField("latest_seconds") + " s")
                .toList();
    }

    private Table lake() {
        return history.table("log").orElseThrow();
    }

    @Test
    void aDayIsSealedOnceItIsOverForSomeHours() {
        nextDay(3);
        run();
        assertThat(entries()).isEmpty();
        nextDay(4);
        assertThat(run().notes()).isEmpty();
        assertThat(counts)
                .as("the daily count is used again; two days before are counted again")
                .hasSize(3)
                .doesNotHaveDuplicates();
        nextDay(5);
        run();
        assertThat(counts).hasSize(3);
        assertThat(entries()).containsExactly("1 sealed 90/90 late 0 in 0 s");
        assertThat(history.state().seals(CLUSTER)).isEqualTo(new SealState(Optional.of(DAY), Optional.empty()));
    }

    @Test
    void lateRowsAreAddedAndSaid() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        cluster.add(DAY.atTime(22, 0), 1_001);
        nextDay(4);
        run();
        history.requireEveryRowOnce();
        assertThat(entries()).containsExactly("1 sealed 92/92 late 2 in 68579 s");
        nextDay(5);
        assertThat(run().origin())
                .as("the newest row of a quiet table was late")
                .contains("watermark");
        history.requireEveryRowOnce();
    }

    @Test
    void rowsThatAppearAfterTheSealAreFoundAtTheAgeOfTwoAndOfFiveDays() {
        nextDay(4);
        run();
        cluster.add(NINE.plusSeconds(1), 1_000);
        daysLater(2, 4);
        run();
        cluster.add(NINE.plusSeconds(2), 1_001);
        daysLater(3, 4);
        run();
        assertThat(entries()).hasSize(2);
        daysLater(5, 4);
        run();
        assertThat(entries())
                .containsExactly(
                        "1 sealed 90/90 late 0 in 0 s",
                        "2 sealed 91/91 late 1 in 154979 s",
                        "3 sealed 92/92 late 1 in 414178 s");
        history.requireEveryRowOnce();
    }

    @Test
    void aLakeThatWasRolledBackIsCompletedAgainAndSaid() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        long before = lake().currentSnapshot().snapshotId();
        nextDay(4);
        run();
        lake().manageSnapshots().rollbackTo(before).commit();
        daysLater(2, 4);
        assertThat(run().notes())
                .containsExactly("the lake had 90 rows of 2026-11-19: expected the 91 of its last seal; it has 91 now");
        assertThat(entries()).containsExactly("1 sealed 91/91 late 1 in 68579 s", "2 sealed 91/91 late 1 in 154979 s");
        history.requireEveryRowOnce();
    }

    @Test
    void aLostStateSealsNoDayTwice() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(4);
        run();
        history.state().clear();
        nextDay(5);
        run();
        assertThat(entries()).hasSize(1);
        history.requireEveryRowOnce();
    }

    @Test
    void aDayIsNotSealedAheadOfTheExport() {
        // the next run finds a lake without the last day, and a watermark that is void
        nextDay(2);
        run();
        history.state().clear();
        lake().manageSnapshots()
                .rollbackTo(
                        lake().currentSnapshot().parentId() == null
                                ? lake().currentSnapshot().snapshotId()
                                : lake().currentSnapshot().parentId())
                .commit();
        nextDay(4);
        TableSummary summary = run();
        assertThat(summary.start().map(StartingPoint::origin)).contains(StartingPoint.Origin.LAKE);
        history.requireEveryRowOnce();
        assertThat(entries()).containsExactly("1 sealed 90/90 late 0 in 0 s");
    }

    @Test
    void ofTwoSealingsAtOnceOneAddsTheRows() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(4);
        boolean[] nested = {false};
        run(sql -> {}, commit -> {
            if (!nested[0] && !counts.isEmpty() && isLateAppend()) {
                nested[0] = true;
                // the claim is lost
                history.state().clear();
                history.export(history.state(), sql -> {}, Runnable::run);
                history.disturb(Runnable::run);
            }
            commit.run();
        });
        assertThat(nested[0]).isTrue();
        history.requireEveryRowOnce();
        assertThat(entries()).hasSize(1);
    }

    /** The counts are committed before, to another table. */
    private boolean isLateAppend() {
        return !history.counts().isEmpty();
    }

    @Test
    void anAppendOfWhichTheReplyIsLostIsNotRepeated() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(4);
        boolean[] lost = {false};
        run(sql -> {}, commit -> {
            commit.run();
            if (!lost[0] && isLateAppend() && history.lakeRows() == 91) {
                lost[0] = true;
                throw new CommitStateUnknownException(new IllegalStateException("no reply"));
            }
        });
        assertThat(lost[0]).isTrue();
        history.requireEveryRowOnce();
        assertThat(entries()).hasSize(1);
    }

    /** Without the fence of the day, both of two sealings add the row. */
    @Test
    void withoutTheFenceTheDayIsDoubled() {
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(4);
        run();
        lake().newFastAppend()
                .appendFile(lake().currentSnapshot()
                        .addedDataFiles(lake().io())
                        .iterator()
                        .next())
                .commit();
        assertThatThrownBy(history::requireEveryRowOnce).isInstanceOf(AssertionError.class);
    }

    @Test
    void aRowWhoseEndWasCorrectedIsNotAddedAgain() {
        cluster.change(5, NINE.plusHours(12));
        nextDay(4);
        run();
        assertThat(history.exported()).hasSize(90).doesNotContain(new FakeCluster.Row(NINE.plusHours(12), 5));
        assertThat(entries()).containsExactly("1 sealed 90/90 late 0 in 0 s");
    }

    /** A corrected end leaves an hour, and a late row comes into it: its number of rows is the same. */
    @Test
    void rowsAreComparedByKeyAlsoWhereOnlyTheNumbersOfOtherHoursDiffer() {
        cluster.change(5, NINE.plusHours(12));
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(4);
        run();
        assertThat(history.exported()).contains(new FakeCluster.Row(NINE.plusSeconds(1), 1_000));
        assertThat(entries()).containsExactly("1 sealed 91/91 late 1 in 68579 s");
    }

    @Test
    void aClusterThatShowsLessIsNotBelievedUntilTheSourceMayTrimTheDay() {
        cluster.hideAfter(NINE.plusMinutes(29));
        nextDay(4);
        assertThat(run(
                                sql -> cluster.hideAfter(
                                        sql.startsWith("select date_trunc(")
                                                ? NINE.plusMinutes(29)
                                                : LocalDateTime.MAX),
                                Runnable::run)
                        .notes())
                .containsExactly(
                        "2026-11-19 was not sealed: the source shows 30 rows of it: expected at least the 90 of the lake");
        assertThat(entries()).isEmpty();
        cluster.hideAfter(LocalDateTime.MAX);
        daysLater(2, 4);
        run();
        assertThat(entries()).containsExactly("1 sealed 90/90 late 0 in 0 s");
    }

    @Test
    void aDayThatTheSourceHasTrimmedInPartIsOnlyCountedInTheEnd() {
        cluster.trim(NINE.plusMinutes(59));
        for (int days = 1; days <= 5; days++) {
            daysLater(days, 4);
            run();
        }
        assertThat(entries()).containsExactly("1 counted_only 30/90 late 0 in 0 s");
    }

    @Test
    void aDayThatTheSourceHasNoLongerIsClosedOnceWithoutAlarm() {
        daysLater(10, 4);
        assertThat(run().notes()).noneMatch(note -> note.contains("seal"));
        daysLater(11, 4);
        run();
        assertThat(entries()).containsExactly("1 never_sealed null/90 late 0 in 0 s");
    }

    /** Rows of other ids in one hour, so that counts do not tell: one moved to the next day, and one was late. */
    private void aLateRowThatTheCountsHide() {
        cluster.change(5, NINE.plusDays(1));
        cluster.add(NINE.plusSeconds(1), 1_000);
        nextDay(6);
        run();
        assertThat(entries()).as("the counts are equal").containsExactly("1 sealed 90/90 late 0 in 0 s");
    }

    private TableSummary completing(LocalDateTime from, LocalDateTime to, boolean reseals) {
        history.byHand(new JobArguments.Completion(from, to, reseals));
        return run();
    }

    @Test
    void aDayThatIsResealedByHandIsReadAsAWhole() {
        aLateRowThatTheCountsHide();
        assertThat(completing(DAY.atStartOfDay(), DAY.plusDays(1).atStartOfDay(), true)
                        .notes())
                .isEmpty();
        assertThat(history.exported()).contains(new FakeCluster.Row(NINE.plusSeconds(1), 1_000));
        assertThat(entries()).last().isEqualTo("2 sealed 90/91 late 1 in 75779 s");
        completing(DAY.atStartOfDay(), DAY.plusDays(1).atStartOfDay(), true);
        assertThat(entries()).as("an entry in any case").last().isEqualTo("3 sealed 90/91 late 0 in 0 s");
    }

    @Test
    void hoursThatAreCompletedByHandAreReadAlone() {
        aLateRowThatTheCountsHide();
        completing(NINE.plusHours(1), NINE.plusHours(3), false);
        assertThat(entries()).as("nothing was missing there").hasSize(1);
        assertThat(history.exported()).hasSize(90);
        completing(NINE.plusMinutes(59), NINE.plusHours(3), false);
        assertThat(entries()).last().isEqualTo("2 sealed 90/91 late 1 in 75779 s");
    }

    @Test
    void daysThatCannotBeCompletedByHandAreSaid() {
        nextDay(6);
        run();
        assertThat(completing(DAY.minusDays(8).atStartOfDay(), DAY.minusDays(6).atStartOfDay(), true)
                        .notes())
                .containsExactly(
                        "2026-11-11 is left: the source may have trimmed it, expected 2026-11-14 or later",
                        "2026-11-12 is left: the source may have trimmed it, expected 2026-11-14 or later");
        assertThat(completing(DAY.plusDays(1).atStartOfDay(), DAY.plusDays(1).atTime(3, 0), false)
                        .notes())
                .containsExactly("2026-11-20 is left: it is not over, expected a day before 2026-11-20");
        assertThat(entries()).hasSize(1);
    }
}
