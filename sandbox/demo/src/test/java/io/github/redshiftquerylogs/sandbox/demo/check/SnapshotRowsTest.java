package io.github.redshiftquerylogs.sandbox.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotRowsTest {

    private static final LocalDateTime MORNING = LocalDateTime.parse("2026-11-20T07:30:00");
    private static final LocalDateTime NEXT = LocalDateTime.parse("2026-11-21T00:00:00");
    private static final Map<List<@Nullable String>, Long> USERS =
            Map.of(List.of("100", "etl"), 1L, List.of("101", "analyst"), 1L);

    private static List<String> problems(
            Map<LocalDateTime, Map<List<@Nullable String>, Long>> lake, LocalDateTime lastRun) {
        return new SnapshotRows(List.of("usesysid", "usename"), Duration.ofDays(1), new TreeMap<>(lake))
                .problems(takenAt -> List.of(USERS), lastRun);
    }

    @Test
    void oneSnapshotPerPeriodWithTheRowsOfTheSourceHasNoProblem() {
        assertThat(problems(Map.of(MORNING, USERS), MORNING.plusMinutes(5))).isEmpty();
        assertThat(problems(Map.of(MORNING, USERS, NEXT, USERS), NEXT.plusMinutes(5)))
                .isEmpty();
    }

    @Test
    void missingSnapshotIsAProblem() {
        assertThat(problems(Map.of(), MORNING)).containsExactly("no snapshot: expected at least one");
        assertThat(problems(Map.of(MORNING, USERS), NEXT))
                .containsExactly("0 snapshots in the period of PT24H that begins at 2026-11-21T00:00: expected one");
        assertThat(problems(Map.of(MORNING, USERS, NEXT.plusDays(1), USERS), NEXT.plusDays(1)))
                .containsExactly("0 snapshots in the period of PT24H that begins at 2026-11-21T00:00: expected one");
    }

    @Test
    void secondSnapshotOfAPeriodIsAProblem() {
        assertThat(problems(Map.of(MORNING, USERS, MORNING.plusMinutes(5), USERS), MORNING.plusMinutes(5)))
                .containsExactly("2 snapshots in the period of PT24H that begins at 2026-11-20T00:00: expected one");
    }

    @Test
    void removedDoubledAndChangedRowsAreProblems() {
        assertThat(problems(Map.of(MORNING, Map.of(List.of("100", "etl"), 1L)), MORNING))
                .containsExactly("1 rows in the source and not in the snapshot of 2026-11-20T07:30, such as"
                        + " [101, analyst]");
        assertThat(problems(Map.of(MORNING, Map.of(List.of("100", "etl"), 2L, List.of("101", "analyst"), 1L)), MORNING))
                .containsExactly(
                        "1 rows in the snapshot of 2026-11-20T07:30 and not in the source, such as" + " [100, etl]");
        assertThat(problems(
                        Map.of(MORNING, Map.of(List.of("100", "etl"), 1L, List.of("101", "analyst "), 1L)), MORNING))
                .hasSize(3)
                .last()
                .isEqualTo("they differ in usename from character 8 on: 'analyst' and 'analyst '");
    }

    @Test
    void anyAnswerThatTheClusterMayHaveGivenWillDo() {
        Map<List<@Nullable String>, Long> later = Map.of(List.of("101", "analyst"), 1L);
        SnapshotRows rows = new SnapshotRows(
                List.of("usesysid", "usename"), Duration.ofHours(6), new TreeMap<>(Map.of(MORNING, later)));
        assertThat(rows.problems(takenAt -> List.of(USERS, later), MORNING)).isEmpty();
        assertThat(rows.problems(takenAt -> List.of(USERS), MORNING)).hasSize(1);
    }
}
