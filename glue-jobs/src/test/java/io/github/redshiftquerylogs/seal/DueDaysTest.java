package io.github.redshiftquerylogs.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.DayRows;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DueDaysTest {

    private static final LocalDate NEWEST = LocalDate.parse("2026-11-19");
    private static final LocalDate WHOLE = NEWEST.minusDays(5);

    private final Map<LocalDate, SealedDay> entries = new HashMap<>();
    private final Map<LocalDate, Long> inLake = new HashMap<>();

    private void entry(LocalDate day, SealedDay.State state, long rows) {
        entries.put(
                day,
                new SealedDay(
                        "t",
                        day,
                        1,
                        state,
                        OptionalLong.of(rows),
                        new DayRows(rows, "", Optional.empty(), Optional.empty()),
                        SealedDay.Late.NONE,
                        "run"));
        inLake.put(day, rows);
    }

    private DueDays due(Optional<LocalDate> before) {
        return DueDays.of(new DueDays.Span(NEWEST, WHOLE, before, Optional.empty()), entries, inLake);
    }

    private void sealAll() {
        WHOLE.datesUntil(NEWEST).forEach(day -> entry(day, SealedDay.State.SEALED, 7));
    }

    @Test
    void withoutEntriesEachDayThatTheSourceHasIsOpenAlsoOneWithoutRows() {
        assertThat(due(Optional.empty()))
                .isEqualTo(new DueDays(WHOLE.datesUntil(NEWEST.plusDays(1)).toList(), List.of(), List.of(), List.of()));
    }

    @Test
    void aDayIsCountedAgainAtTheAgeOfTwoDaysAndOfFive() {
        sealAll();
        assertThat(due(Optional.of(NEWEST.minusDays(1))))
                .isEqualTo(new DueDays(
                        List.of(NEWEST), List.of(NEWEST.minusDays(4), NEWEST.minusDays(1)), List.of(), List.of()));
    }

    @Test
    void daysInWhichTheClusterWasNotExportedAreCaughtUp() {
        sealAll();
        assertThat(due(Optional.of(NEWEST.minusDays(3))).again())
                .containsExactly(
                        NEWEST.minusDays(5),
                        NEWEST.minusDays(4),
                        NEWEST.minusDays(3),
                        NEWEST.minusDays(2),
                        NEWEST.minusDays(1));
    }

    @Test
    void aLostStateCountsEachDayOfTwoDaysOrMoreAgain() {
        sealAll();
        assertThat(due(Optional.empty()).again()).hasSize(5);
    }

    @Test
    void aDayOfWhichTheLakeHasAnotherNumberOfRowsIsCountedAgain() {
        sealAll();
        LocalDate grown = NEWEST.minusDays(2);
        inLake.put(grown, 8L);
        assertThat(due(Optional.of(NEWEST.minusDays(1))).again()).contains(grown);
        inLake.remove(grown);
        assertThat(due(Optional.of(NEWEST.minusDays(1))).again())
                .as("rolled back")
                .contains(grown);
    }

    @Test
    void aDayThatWasOnlyCountedIsNotTriedAgain() {
        sealAll();
        entry(NEWEST.minusDays(1), SealedDay.State.COUNTED_ONLY, 7);
        assertThat(due(Optional.of(NEWEST.minusDays(1))).again()).containsExactly(NEWEST.minusDays(4));
    }

    @Test
    void daysOfAnotherSourceAreNeitherReadAgainNorSealed() {
        entry(NEWEST.minusDays(4), SealedDay.State.SEALED, 7);
        inLake.put(NEWEST.minusDays(4), 8L);
        DueDays.Span span = new DueDays.Span(NEWEST, WHOLE, Optional.empty(), Optional.of(NEWEST.minusDays(2)));
        assertThat(DueDays.of(span, entries, inLake))
                .isEqualTo(new DueDays(
                        List.of(NEWEST.minusDays(1), NEWEST),
                        List.of(),
                        List.of(),
                        List.of(WHOLE, NEWEST.minusDays(3), NEWEST.minusDays(2))));
    }

    /** It began today: no day of it is exported as a whole yet. */
    @Test
    void aDayThatGoesOnIsNeitherSealedNorClosed() {
        LocalDate today = NEWEST.plusDays(1);
        inLake.put(today, 3L);
        assertThat(DueDays.of(
                        new DueDays.Span(NEWEST, today.plusDays(1), Optional.empty(), Optional.empty()),
                        entries,
                        inLake))
                .isEqualTo(new DueDays(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void daysThatTheSourceHasNoLongerAreClosedOnce() {
        sealAll();
        inLake.put(WHOLE.minusDays(1), 3L);
        inLake.put(WHOLE.minusDays(300), 3L);
        entry(WHOLE.minusDays(2), SealedDay.State.NEVER_SEALED, 5);
        assertThat(due(Optional.of(NEWEST)).trimmed()).containsExactly(WHOLE.minusDays(300), WHOLE.minusDays(1));
    }
}
