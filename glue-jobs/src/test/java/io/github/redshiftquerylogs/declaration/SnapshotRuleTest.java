package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class SnapshotRuleTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 19, 12, 0);

    @Test
    void aPeriodHasItsFirstMomentAndNotItsLast() {
        SnapshotRule.Period hour = new SnapshotRule(Duration.ofHours(1), false).periodOf(NOON);
        assertThat(hour).isEqualTo(new SnapshotRule.Period(NOON, NOON.plusHours(1)));
        assertThat(hour.contains(NOON)).isTrue();
        assertThat(hour.contains(NOON.minusNanos(1_000))).isFalse();
        assertThat(hour.contains(NOON.plusHours(1).minusNanos(1_000))).isTrue();
        assertThat(hour.contains(NOON.plusHours(1))).isFalse();
    }

    @Test
    void aDayIsADayOfUtcAndLongerPeriodsFollowEachOtherWithoutAGap() {
        assertThat(new SnapshotRule(Duration.ofDays(1), false).periodOf(NOON.plusNanos(1_000)))
                .isEqualTo(new SnapshotRule.Period(
                        NOON.toLocalDate().atStartOfDay(),
                        NOON.toLocalDate().plusDays(1).atStartOfDay()));
        SnapshotRule week = new SnapshotRule(Duration.ofDays(7), true);
        SnapshotRule.Period period = week.periodOf(NOON);
        assertThat(period.contains(NOON)).isTrue();
        assertThat(week.periodOf(period.to()).from()).isEqualTo(period.to());
        assertThat(week.periodOf(LocalDateTime.of(1969, 12, 31, 23, 59)).to())
                .isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0));
    }

    @Test
    void lengthsAreHoursOrDays() {
        assertThat(SnapshotRule.period("1 hour")).contains(Duration.ofHours(1));
        assertThat(SnapshotRule.period("36 hours")).contains(Duration.ofHours(36));
        assertThat(SnapshotRule.period("7 days")).contains(Duration.ofDays(7));
        assertThat(SnapshotRule.period("7 minutes")).isEmpty();
    }
}
