package io.github.redshiftquerylogs.sandbox.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogRowsTest {

    private static final List<@Nullable String> ONE = List.of("1", "success");
    private static final List<@Nullable String> TWICE = List.of("2", "success");
    private static final List<@Nullable String> LATE = List.of("3", "failed");
    private static final List<@Nullable String> RUNNING = List.of("4", "running");

    private static final Map<List<@Nullable String>, Long> LEDGER = Map.of(ONE, 1L, TWICE, 2L);

    /** An STL table: the cluster shows what the lake must have. */
    private static List<String> log(Map<List<@Nullable String>, Long> lake) {
        return new LogRows(List.of("query", "status"), LEDGER, Map.of(), LEDGER, true, lake).problems();
    }

    /** A SYS view: a row may be there that became final late, and the cluster shows rows of what runs. */
    private static List<String> states(Map<List<@Nullable String>, Long> lake) {
        return new LogRows(
                        List.of("query", "status"),
                        LEDGER,
                        Map.of(LATE, 1L),
                        Map.of(ONE, 1L, TWICE, 2L, LATE, 1L, RUNNING, 1L),
                        false,
                        lake)
                .problems();
    }

    @Test
    void sameRowsHaveNoProblem() {
        assertThat(log(LEDGER)).isEmpty();
        assertThat(states(LEDGER)).isEmpty();
    }

    @Test
    void removedRowIsAProblem() {
        assertThat(log(Map.of(ONE, 1L, TWICE, 1L)))
                .containsExactly(
                        "1 rows in the ledger and not in the lake, such as [2, success]",
                        "1 rows in the source and not in the lake, such as [2, success]");
        assertThat(states(Map.of(ONE, 1L, TWICE, 1L)))
                .containsExactly("1 rows in the ledger and not in the lake, such as [2, success]");
    }

    @Test
    void doubledRowIsAProblem() {
        assertThat(log(Map.of(ONE, 2L, TWICE, 2L)))
                .containsExactly(
                        "1 rows in the lake and not in the ledger, such as [1, success]",
                        "1 rows in the lake and not in the source, such as [1, success]");
        assertThat(states(Map.of(ONE, 2L, TWICE, 2L))).hasSize(2);
    }

    @Test
    void changedRowIsAProblem() {
        assertThat(states(Map.of(List.of("1", "canceled"), 1L, TWICE, 2L)))
                .containsExactly(
                        "1 rows in the ledger and not in the lake, such as [1, success]",
                        "1 rows in the lake and not in the ledger, such as [1, canceled]",
                        "they differ in status from character 1 on: 'success' and 'canceled'",
                        "1 rows in the lake and not in the source, such as [1, canceled]");
    }

    @Test
    void lakeWithoutRowsIsAProblemAlsoIfNothingIsExpected() {
        assertThat(new LogRows(List.of("query", "status"), Map.of(), Map.of(), Map.of(), true, Map.of()).problems())
                .containsExactly("no rows: expected at least one");
    }

    @Test
    void rowThatBecameFinalLateMayBeThereOnce() {
        assertThat(states(Map.of(ONE, 1L, TWICE, 2L, LATE, 1L))).isEmpty();
        assertThat(states(Map.of(ONE, 1L, TWICE, 2L, LATE, 2L)))
                .containsExactly(
                        "1 rows in the lake and not in the ledger, such as [3, failed]",
                        "1 rows in the lake and not in the source, such as [3, failed]");
    }

    @Test
    void optionalRowIsNoExcuseForAMissingOne() {
        LogRows rows = new LogRows(
                List.of("query", "status"), Map.of(ONE, 2L), Map.of(ONE, 1L), Map.of(ONE, 3L), false, Map.of(ONE, 1L));
        assertThat(rows.problems()).containsExactly("1 rows in the ledger and not in the lake, such as [1, success]");
    }

    @Test
    void rowOfWhatRunsIsAProblem() {
        assertThat(states(Map.of(ONE, 1L, TWICE, 2L, RUNNING, 1L)))
                .containsExactly("1 rows in the lake and not in the ledger, such as [4, running]");
    }

    @Test
    void differencesAreCountedAsLostDoubledOrChanged() {
        assertThat(differences(LEDGER)).isEqualTo(new Differences(0, 0, 0));
        assertThat(differences(Map.of(TWICE, 1L))).isEqualTo(new Differences(2, 0, 0));
        assertThat(differences(Map.of(ONE, 3L, TWICE, 2L))).isEqualTo(new Differences(0, 2, 0));
        assertThat(differences(Map.of(LATE, 1L, TWICE, 2L)))
                .as("another row in place of one")
                .isEqualTo(new Differences(0, 0, 1));
        assertThat(differences(Map.of(LATE, 1L, TWICE, 3L))).isEqualTo(new Differences(0, 1, 1));
    }

    private static Differences differences(Map<List<@Nullable String>, Long> lake) {
        return new LogRows(List.of("query", "status"), LEDGER, Map.of(), LEDGER, true, lake).differences();
    }
}
