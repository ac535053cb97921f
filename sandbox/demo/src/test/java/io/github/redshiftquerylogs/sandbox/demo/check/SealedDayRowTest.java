package io.github.redshiftquerylogs.sandbox.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealedDayRowTest {

    private static final LocalDate LAST = LocalDate.parse("2026-11-19");
    private static final LocalDate FIRST = LAST.minusDays(4);

    private static Optional<String> problem(
            LocalDate day, @Nullable String state, @Nullable Long sourceRows, @Nullable Long lakeRows, long rows) {
        return new SealedDayRow("stl_query", day, state, sourceRows, lakeRows, rows).problem(FIRST, LAST);
    }

    @Test
    void aSealedDayHasTheRowsOfBothSides() {
        assertThat(problem(LAST, "sealed", 3L, 3L, 3)).isEmpty();
        assertThat(problem(FIRST, "sealed", 0L, 0L, 0)).isEmpty();
    }

    @Test
    void otherNumbersOfRowsAreAProblem() {
        assertThat(problem(LAST, "sealed", 3L, 3L, 4))
                .contains("stl_query 2026-11-19: its entry says 3 rows: expected the 4 of the lake");
        assertThat(problem(LAST, "sealed", 4L, 3L, 3))
                .hasValueSatisfying(text -> assertThat(text).contains("4 rows in the source and 3 in the lake"));
        assertThat(problem(LAST, "sealed", null, null, 3)).isPresent();
    }

    @Test
    void aDayThatIsOverIsSealed() {
        assertThat(problem(LAST, null, null, null, 3)).isPresent();
        assertThat(problem(FIRST, null, null, null, 3)).isPresent();
        assertThat(problem(LAST.plusDays(1), null, null, null, 3))
                .as("the day goes on")
                .isEmpty();
        assertThat(problem(FIRST, "counted_only", 3L, 3L, 3)).isPresent();
        assertThat(problem(FIRST.minusDays(1), "never_sealed", null, 3L, 3))
                .as("trimmed")
                .isEmpty();
    }
}
