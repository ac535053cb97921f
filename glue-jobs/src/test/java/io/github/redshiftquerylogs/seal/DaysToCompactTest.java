package io.github.redshiftquerylogs.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.DayFiles;
import io.github.redshiftquerylogs.lake.DayRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which days are compacted. */
class DaysToCompactTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final DayFiles LOOSE = new DayFiles(24, 1_000, 10, false, true);

    private static SealedDay entry(LocalDate day, SealedDay.State state, long rows) {
        return new SealedDay(
                "t",
                day,
                1,
                state,
                OptionalLong.empty(),
                new DayRows(rows, "", Optional.empty(), Optional.empty()),
                SealedDay.Late.NONE,
                "run");
    }

    @Test
    void daysWithAnEntryAreOldestFirst() {
        assertThat(DaysToCompact.of(
                        Map.of(
                                DAY,
                                entry(DAY, SealedDay.State.SEALED, 10),
                                DAY.minusDays(1),
                                entry(DAY.minusDays(1), SealedDay.State.COUNTED_ONLY, 10),
                                DAY.minusDays(9),
                                entry(DAY.minusDays(9), SealedDay.State.NEVER_SEALED, 10)),
                        Map.of(DAY, LOOSE, DAY.minusDays(1), LOOSE, DAY.minusDays(9), LOOSE, DAY.plusDays(1), LOOSE)))
                .extracting(SealedDay::day)
                .containsExactly(DAY.minusDays(9), DAY.minusDays(1), DAY);
    }

    @Test
    void compactDaysAndThoseThatHaveGrownAreLeft() {
        assertThat(DaysToCompact.of(
                        Map.of(
                                DAY,
                                entry(DAY, SealedDay.State.SEALED, 10),
                                DAY.minusDays(1),
                                entry(DAY.minusDays(1), SealedDay.State.SEALED, 9),
                                DAY.minusDays(2),
                                entry(DAY.minusDays(2), SealedDay.State.SEALED, 0)),
                        Map.of(DAY, new DayFiles(1, 1_000, 10, false, true), DAY.minusDays(1), LOOSE)))
                .isEqualTo(List.of());
    }
}
