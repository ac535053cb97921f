package io.github.redshiftquerylogs.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenDaysTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final LocalDateTime NEXT_MORNING = LocalDateTime.parse("2026-11-20T09:30");

    private static final Duration GRACE = Duration.ofHours(3);

    private static OpenDays after(String closed, String readUpTo, String runUpperBound) {
        return OpenDays.of(
                GRACE,
                Optional.of(closed).filter(day -> !day.isEmpty()).map(LocalDate::parse),
                LocalDateTime.parse(readUpTo),
                LocalDateTime.parse(runUpperBound));
    }

    @Test
    void theFirstCountIsThatOfTheDayBefore() {
        OpenDays open = OpenDays.of(GRACE, Optional.empty(), NEXT_MORNING, NEXT_MORNING);
        assertThat(open.days()).containsExactly(DAY);
        assertThat(open.trimmed()).isEmpty();
    }

    @Test
    void aDayIsCountedOnce() {
        assertThat(OpenDays.of(GRACE, Optional.of(DAY), NEXT_MORNING, NEXT_MORNING)
                        .days())
                .isEmpty();
        assertThat(OpenDays.of(GRACE, Optional.of(DAY.minusDays(1)), NEXT_MORNING, NEXT_MORNING)
                        .days())
                .containsExactly(DAY);
    }

    @Test
    void aDayIsOpenThreeHoursAfterItsEnd() {
        assertThat(after("2026-11-18", "2026-11-20T02:59", "2026-11-20T02:59").days())
                .isEmpty();
        assertThat(after("2026-11-18", "2026-11-20T03:00", "2026-11-20T03:00").days())
                .containsExactly(DAY);
    }

    @Test
    void aDayIsOpenOnceItWasReadToItsEnd() {
        assertThat(after("2026-11-18", "2026-11-19T23:59:59.999998", "2026-11-20T09:00")
                        .days())
                .isEmpty();
        assertThat(after("2026-11-18", "2026-11-19T23:59:59.999999", "2026-11-20T09:00")
                        .days())
                .containsExactly(DAY);
        assertThat(after("2026-11-18", "2026-11-20T00:00", "2026-11-20T09:00").days())
                .containsExactly(DAY);
    }

    @Test
    void daysStayOpenUntilTheyAreCounted() {
        assertThat(after("2026-11-16", "2026-11-20T09:00", "2026-11-20T09:00").days())
                .containsExactly(DAY.minusDays(2), DAY.minusDays(1), DAY);
    }

    @Test
    void daysOfWhichTheSourceMayHaveTrimmedRowsAreNotCounted() {
        OpenDays open = after("2026-11-10", "2026-11-20T09:00", "2026-11-20T09:00");
        assertThat(open.days()).first().isEqualTo(LocalDate.parse("2026-11-14"));
        assertThat(open.days()).last().isEqualTo(DAY);
        assertThat(open.trimmed())
                .isEqualTo(List.of(
                        LocalDate.parse("2026-11-11"), LocalDate.parse("2026-11-12"), LocalDate.parse("2026-11-13")));
    }

    @Test
    void afterAYearOnlyTheLastTrimmedDaysAreSaid() {
        OpenDays open = after("2025-11-10", "2026-11-20T09:00", "2026-11-20T09:00");
        assertThat(open.trimmed()).hasSize(7).last().isEqualTo(LocalDate.parse("2026-11-13"));
    }

    @Test
    void aTableThatIsFarBehindHasNoOpenDay() {
        assertThat(after("2026-11-01", "2026-11-10T09:00", "2026-11-20T09:00").days())
                .isEmpty();
    }

    @Test
    void aClosedDayThatIsNotOverCountsAsLost() {
        assertThat(after("2026-11-20", "2026-11-20T09:00", "2026-11-20T09:00").days())
                .containsExactly(DAY);
        assertThat(after("2999-01-01", "2026-11-20T09:00", "2026-11-20T09:00").days())
                .containsExactly(DAY);
    }

    @Test
    void clustersBeginWithinTwoHoursAndEachAtItsOwnTime() {
        List<Duration> graces = IntStream.range(0, 1_000)
                .mapToObj(i -> OpenDays.grace(new ClusterName("warehouse-" + i)))
                .toList();
        assertThat(graces).allSatisfy(grace -> assertThat(grace).isBetween(Duration.ofHours(3), Duration.ofHours(5)));
        assertThat(Set.copyOf(graces)).hasSizeGreaterThan(60);
        assertThat(OpenDays.grace(new ClusterName("finance"))).isEqualTo(OpenDays.grace(new ClusterName("finance")));
    }
}
