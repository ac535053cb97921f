package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots under the same faults as {@link ModelTest}: each database and period has one, noted once. */
class SnapshotModelTest {

    /** Each fault at each effect of a run: crashes, double starts, lost replies, statements that fail. */
    @ParameterizedTest
    @EnumSource(ModelRun.Fault.class)
    void oneSnapshotPerPeriodWhateverHappens(ModelRun.Fault fault) {
        for (int at : effects(fault)) {
            SnapshotModel history = new SnapshotModel(at);
            new ModelRun(history, fault, at).run();
            history.tell(fault + " at " + at);
            history.play(0);
            assertThat(history.snapshots()).isNotEmpty();
        }
    }

    /** A run that has committed snapshots dies before it notes them, and the next one begins many periods later. */
    @Test
    void snapshotOfADeadRunIsNotedAfterALongPause() {
        for (int at = 6; at <= 16; at++) {
            SnapshotModel history = new SnapshotModel(at);
            new ModelRun(history, ModelRun.Fault.DIES_AFTER, at).run();
            history.cluster().clock(history.cluster().clock().plusHours(9));
            history.tell("dies after " + at);
            history.play(0);
        }
    }

    /** Where a fault happens; there are more effects than a run has. Commit faults happen at the first commit from there. */
    private static int[] effects(ModelRun.Fault fault) {
        return switch (fault) {
            case DIES_BEFORE, DIES_AFTER, STATEMENT_FAILS ->
                IntStream.rangeClosed(1, 20).toArray();
            case ANOTHER_RUN -> new int[] {2, 5, 8, 11, 14, 17};
            case NONE, HIDDEN_ROWS -> new int[] {1};
            default -> new int[] {1, 9, 13};
        };
    }

    @ParameterizedTest
    @MethodSource
    void oneSnapshotPerPeriodInRandomHistories(long seed) {
        new SnapshotModel(seed).play(12);
    }

    static LongStream oneSnapshotPerPeriodInRandomHistories() {
        return LongStream.rangeClosed(1, 12);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource
    void oneSnapshotPerPeriodInLongHistories(long seed) {
        new SnapshotModel(seed).play(100);
    }

    static LongStream oneSnapshotPerPeriodInLongHistories() {
        return LongStream.rangeClosed(1_000, 2_000);
    }

    /** The model must notice both kinds of fault. */
    @Test
    void modelNoticesADoubledAndAMissingSnapshot() {
        SnapshotModel doubled = new SnapshotModel(1);
        doubled.play(0);
        doubled.doubleTheLake();
        assertThatThrownBy(doubled::requireEveryRowOnce).isInstanceOf(AssertionError.class);

        SnapshotModel missing = new SnapshotModel(2);
        missing.play(0);
        missing.cluster().clock(missing.cluster().clock().plusHours(1));
        assertThatThrownBy(missing::requireEveryRowOnce).isInstanceOf(AssertionError.class);
    }
}
