package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of one cluster over the real run: rows, runs within runs, crashes around every effect, lost and restored
 * state, a lake that was rolled back or has expired, commits that are refused, unknown or whose reply was lost, moments in
 * which the cluster shows nothing. At the end each row is in the lake once.
 *
 * <p>Histories share nothing, and half of their time is Iceberg's waiting, so two run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class ModelTest {

    @ParameterizedTest
    @MethodSource
    void nothingLostAndNothingTwice(long seed) {
        new ModelHistory(seed).play(12);
    }

    static LongStream nothingLostAndNothingTwice() {
        return LongStream.rangeClosed(1, 200);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource
    void nothingLostAndNothingTwiceInLongHistories(long seed) {
        new ModelHistory(seed).play(100);
    }

    static LongStream nothingLostAndNothingTwiceInLongHistories() {
        return LongStream.rangeClosed(1_000, 3_000);
    }

    @ParameterizedTest
    @MethodSource("sealed")
    void lateRowsAreInTheLakeOnceWhenTheirDayIsSealed(long seed) {
        new SealedHistory(seed).play(20);
    }

    static LongStream sealed() {
        return LongStream.rangeClosed(1, 20);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource
    void lateRowsInLongHistories(long seed) {
        new SealedHistory(seed).play(80);
    }

    static LongStream lateRowsInLongHistories() {
        return LongStream.rangeClosed(1_000, 2_000);
    }

    /** The model must notice both kinds of fault. */
    @Test
    void modelNoticesALostAndADoubledRow() {
        ModelHistory lost = new ModelHistory(1);
        lost.play(5);
        lost.cluster().add(lost.cluster().clock().minusDays(1), -1);
        assertThatThrownBy(lost::requireEveryRowOnce).isInstanceOf(AssertionError.class);

        ModelHistory doubled = new ModelHistory(2);
        doubled.play(5);
        assertThat(doubled.cluster().rows()).isNotEmpty();
        doubled.doubleTheLake();
        assertThatThrownBy(doubled::requireEveryRowOnce).isInstanceOf(AssertionError.class);
    }
}
