package io.github.redshiftquerylogs.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayCountTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");

    /** @param rows hours and their numbers, in turns */
    private static List<Long> hours(int... rows) {
        List<Long> hours = new ArrayList<>(Collections.nCopies(24, 0L));
        for (int i = 0; i < rows.length; i += 2) {
            hours.set(rows[i], (long) rows[i + 1]);
        }
        return hours;
    }

    @Test
    void moreRowsInTheSourceAreMissing() {
        DayCount count = new DayCount("log", DAY, hours(0, 5, 3, 7, 23, 2), hours(0, 5, 3, 6, 23, 3));
        assertThat(count.sourceRows()).isEqualTo(14);
        assertThat(count.lakeRows()).isEqualTo(14);
        assertThat(count.differingHours()).containsExactly(3, 23);
        assertThat(count.hoursWithMissingRows()).containsExactly(3);
    }

    @Test
    void rowsThatTheSourceHasTrimmedAreNotMissing() {
        DayCount count = new DayCount("log", DAY, hours(5, 1), hours(4, 9, 5, 1));
        assertThat(count.differingHours()).containsExactly(4);
        assertThat(count.hoursWithMissingRows()).isEmpty();
        assertThat(count.showsNothing()).isFalse();
    }

    @Test
    void aSourceThatShowsNoneOfTheLakesRowsShowsNothing() {
        assertThat(new DayCount("log", DAY, hours(), hours(4, 9)).showsNothing())
                .isTrue();
        assertThat(new DayCount("log", DAY, hours(), hours()).showsNothing())
                .as("a quiet table")
                .isFalse();
    }

    @Test
    void aDayHas24Hours() {
        assertThatThrownBy(() -> new DayCount("log", DAY, List.of(1L), hours()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 hours of the source and 24 of the lake: expected 24 of both");
    }
}
