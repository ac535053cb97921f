package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.redshift.FakeCluster;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a view whose rows change, with the faults of {@link ModelTest}: a row is exported once, in its final
 * state, and a row that runs is not.
 */
class StateModelTest {

    @ParameterizedTest
    @MethodSource
    void aRowThatBecomesFinalInTimeIsExportedOnce(long seed) {
        new StateHistory(seed, FakeCluster.SQL).play(12);
    }

    static LongStream aRowThatBecomesFinalInTimeIsExportedOnce() {
        return LongStream.rangeClosed(1, 60);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource
    void aRowIsExportedOnceInLongHistories(long seed) {
        new StateHistory(seed, FakeCluster.SQL).play(60);
    }

    static LongStream aRowIsExportedOnceInLongHistories() {
        return LongStream.rangeClosed(1_000, 2_000);
    }

    /** The same histories, if the end of a row decides instead of its status: running rows are in the lake. */
    @Test
    void historiesFailIfTheEndDecides() {
        long failed = LongStream.rangeClosed(1, 20)
                .filter(seed -> {
                    try {
                        new StateHistory(seed, FakeCluster.SQL_BY_END).play(12);
                        return false;
                    } catch (AssertionError e) {
                        return true;
                    }
                })
                .count();
        assertThat(failed).isGreaterThan(10);
    }

    @Test
    void aRowThatChangesAfterItsExportIsNotWrittenAgain() {
        StateHistory history = new StateHistory(1, FakeCluster.SQL);
        LocalDateTime end = history.cluster().clock();
        history.cluster().run(7, end.minusHours(1));
        history.cluster().change(7, end);
        assertThat(runAfter(history, Duration.ofMinutes(16)).rows()).isEqualTo(1);

        history.cluster().change(7, end.plusMinutes(20));
        history.cluster().change(8, end.plusMinutes(21));
        TableSummary later = runAfter(history, Duration.ofHours(1));

        assertThat(history.exported())
                .containsExactlyInAnyOrder(new FakeCluster.Row(end, 7), new FakeCluster.Row(end.plusMinutes(21), 8));
        assertThat(later.notes()).contains("1 rows are in the lake already, in an earlier state, and were left out");
    }

    /** In one commit for both windows, the second one would not be compared with the first one. */
    @Test
    void aRowThatChangesBetweenTwoWindowsOfAFirstExportIsWrittenOnce() {
        StateHistory history = new StateHistory(1, FakeCluster.SQL);
        LocalDateTime now = history.cluster().clock();
        history.cluster().change(7, now.minusHours(30));
        history.cluster().change(8, now.minusHours(3));
        history.cluster().clock(now.plusMinutes(16));
        int[] fetches = {0};
        FakeCluster.Interference changes = sql -> {
            if (sql.startsWith("select log_time, id") && !sql.endsWith("limit 0") && ++fetches[0] == 2) {
                history.cluster().change(7, now.minusHours(2));
            }
        };
        history.export(history.state(), changes, Runnable::run);
        assertThat(fetches[0]).isEqualTo(2);
        assertThat(history.exported()).extracting(FakeCluster.Row::id).containsExactlyInAnyOrder(7, 8);
    }

    /** Without looking at keys the same row is there twice. */
    @Test
    void withoutTheKeyARowThatChangesIsWrittenTwice() {
        ModelHistory history = new ModelHistory(1);
        LocalDateTime end = history.cluster().clock();
        history.cluster().change(7, end);
        runAfter(history, Duration.ofMinutes(16));
        history.cluster().change(7, end.plusMinutes(20));
        runAfter(history, Duration.ofHours(1));
        assertThat(history.exported()).hasSize(2);
    }

    @Test
    void theTableStaysItsOwnSettleTimeBehindTheClock() {
        StateHistory history = new StateHistory(1, FakeCluster.SQL);
        LocalDateTime begun = history.cluster().clock();
        history.cluster().change(1, begun.minusMinutes(1));
        history.cluster().change(2, begun.plusMinutes(5));
        runAfter(history, Duration.ofMinutes(14));
        assertThat(history.exported()).extracting(FakeCluster.Row::id).containsExactly(1);
        TableSummary next = runAfter(history, Duration.ofMinutes(10));
        assertThat(history.exported()).extracting(FakeCluster.Row::id).containsExactlyInAnyOrder(1, 2);
        assertThat(next.complete()).isTrue();
        assertThat(next.readUpTo()).contains(begun.plusMinutes(9));
    }

    @Test
    void rowsThatAreHeldBackAreSaidOnceADay() {
        StateHistory history = new StateHistory(1, FakeCluster.SQL);
        history.cluster().run(1, history.cluster().clock());
        history.cluster().change(2, history.cluster().clock());
        String note =
                "rows were held back: 1 of status 'running'; those of an unknown status are exported 48 hours after"
                        + " their end, those of a status that is not final when they have ended";
        assertThat(runAfter(history, Duration.ofMinutes(20)).notes()).contains(note);
        assertThat(runAfter(history, Duration.ofMinutes(20)).notes()).doesNotContain(note);
        assertThat(runAfter(history, Duration.ofDays(1)).notes()).contains(note);
        history.cluster().change(1, history.cluster().clock());
        assertThat(runAfter(history, Duration.ofDays(1)).notes())
                .noneMatch(other -> other.startsWith("rows were held back"));
    }

    private static TableSummary runAfter(ModelHistory history, Duration passed) {
        history.cluster().clock(history.cluster().clock().plus(passed));
        RunSummary summary = new ModelRun(history, ModelRun.Fault.NONE, 0).run().orElseThrow();
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return summary.tables().get(0);
    }
}
