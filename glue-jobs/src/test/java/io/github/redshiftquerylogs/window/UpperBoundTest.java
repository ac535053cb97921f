package io.github.redshiftquerylogs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.ClockSkewException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class UpperBoundTest {

    private static final LocalDateTime SOURCE = LocalDateTime.parse("2026-11-19T12:00:00");
    private static final Instant JOB = Instant.parse("2026-11-19T12:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(2);

    @Test
    void boundStaysBehindTheSourcesClockNotBehindTheJobs() {
        assertThat(UpperBound.of(SOURCE, JOB.plusSeconds(250), SETTLE)).isEqualTo("2026-11-19T11:58:00");
    }

    @Test
    void clocksMayDifferByFiveMinutesAndNoMore() {
        assertThat(UpperBound.of(SOURCE, JOB.plusSeconds(300), SETTLE)).isEqualTo("2026-11-19T11:58:00");
        assertThatThrownBy(() -> UpperBound.of(SOURCE, JOB.plusSeconds(301), SETTLE))
                .isInstanceOf(ClockSkewException.class)
                .hasMessage("the source's clock shows 2026-11-19T12:00, the job's 2026-11-19T12:05:01:"
                        + " expected a difference of at most 5 minutes");
        assertThatThrownBy(() -> UpperBound.of(SOURCE, JOB.minusSeconds(301), SETTLE))
                .isInstanceOf(ClockSkewException.class);
    }

    @Test
    void boundBeforeWhatWasReadMeansThatTheClockWentBack() {
        UpperBound.requireNotBefore(SOURCE, SOURCE, "stl_query");
        assertThatThrownBy(() -> UpperBound.requireNotBefore(SOURCE, SOURCE.plusSeconds(1), "stl_query"))
                .isInstanceOf(ClockSkewException.class)
                .hasMessageContaining("stl_query was read up to 2026-11-19T12:00:01");
    }
}
