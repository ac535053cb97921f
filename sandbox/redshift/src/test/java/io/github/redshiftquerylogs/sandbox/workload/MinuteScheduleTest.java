package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MinuteScheduleTest {

    private static final LocalDateTime MIDNIGHT = LocalDateTime.parse("2026-11-20T00:00:00");

    private static List<MinuteSchedule.Planned> day(WorkloadProfile profile) {
        MinuteSchedule schedule = new MinuteSchedule(profile);
        return Stream.iterate(MIDNIGHT, minute -> minute.plusMinutes(1))
                .limit(24 * 60)
                .flatMap(minute -> schedule.endingIn(minute).stream())
                .toList();
    }

    @Test
    void noQueryIdIsGivenTwice() {
        WorkloadProfile profile = new WorkloadProfile(1, 100, 1, Duration.ofMinutes(2));
        List<Integer> ids = day(profile).stream()
                .flatMap(planned -> Stream.iterate(planned.query(), id -> id + 1)
                        .limit(planned.shape().ids()))
                .toList();
        assertThat(ids).hasSizeGreaterThan(100_000).doesNotHaveDuplicates();
    }

    @Test
    void everyFeatureOccursEverySoManyHoursAndOrdinaryQueriesAtTheirRate() {
        List<MinuteSchedule.Planned> day = day(WorkloadProfile.quiet(5));
        for (QueryShape shape : QueryShape.values()) {
            long count = day.stream().filter(p -> p.shape() == shape).count();
            if (shape == QueryShape.ORDINARY) {
                // every fourth minute without the idle ones, and the boundaries
                assertThat(count).isBetween(330L, 366L);
            } else {
                assertThat(count).as(shape.name()).isEqualTo(12);
            }
        }
    }

    @Test
    void aLongQueryHasTheIdOfItsBegin() {
        assertThat(day(WorkloadProfile.quiet(5)))
                .filteredOn(planned -> planned.shape() == QueryShape.LONG)
                .allSatisfy(planned -> assertThat(planned.query())
                        .isBetween(
                                MinuteSchedule.idOf(planned.end().minusMinutes(41), 0),
                                MinuteSchedule.idOf(planned.end().minusMinutes(39), 0)));
    }

    @Test
    void aProfileOutOfRangeIsRefused() {
        Duration settle = Duration.ofMinutes(2);
        assertThatThrownBy(() -> new WorkloadProfile(1, 101, 1, settle)).hasMessageContaining("101");
        assertThatThrownBy(() -> new WorkloadProfile(1, Double.NaN, 1, settle)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new WorkloadProfile(1, 1, 0, settle)).hasMessageContaining("featureHours");
        assertThatThrownBy(() -> new WorkloadProfile(1, 1, 1, Duration.ofSeconds(59)))
                .hasMessageContaining("settle");
    }
}
