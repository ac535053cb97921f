package io.github.redshiftquerylogs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.redshiftquerylogs.failure.OutOfWindowException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

class WindowTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00");
    private static final Window HOUR = new Window(NOON, NOON.plusHours(1));

    private static LocalDateTime microsecondsAfter(LocalDateTime time, long microseconds) {
        return time.plusNanos(1_000 * microseconds);
    }

    @Test
    void theFirstMomentDoesNotBelongToAWindowAndTheLastOneDoes() {
        assertThat(HOUR.contains(HOUR.from())).isFalse();
        assertThat(HOUR.contains(microsecondsAfter(HOUR.from(), 1))).isTrue();
        assertThat(HOUR.contains(HOUR.to())).isTrue();
        assertThat(HOUR.contains(microsecondsAfter(HOUR.to(), 1))).isFalse();
        assertThat(HOUR.length()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aTimeOfTheWindowIsGivenBack() {
        assertThat(HOUR.require(HOUR.to(), "stl_query")).isEqualTo(HOUR.to());
        LocalDateTime first = microsecondsAfter(HOUR.from(), 1);
        assertThat(HOUR.require(first, "stl_query")).isEqualTo(first);
    }

    static Stream<Object> others() {
        return Stream.of(HOUR.from(), microsecondsAfter(HOUR.to(), 1), Instant.EPOCH, "2026-11-19T12:30:00");
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("others")
    void anyOtherValueIsRefusedWithTheValueAndTheWindow(@Nullable Object logTime) {
        assertThatExceptionOfType(OutOfWindowException.class)
                .isThrownBy(() -> HOUR.require(logTime, "stl_query"))
                .withMessage("stl_query: the query gave a row with log_time " + logTime
                        + ": expected one in (2026-11-19T12:00, 2026-11-19T13:00]");
    }

    @Test
    void aWindowIsNotEmpty() {
        for (LocalDateTime to : new LocalDateTime[] {NOON, microsecondsAfter(NOON, -1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Window(NOON, to))
                    .withMessage("empty window: from " + NOON + " to " + to);
        }
        assertThat(new Window(NOON, microsecondsAfter(NOON, 1)).length()).isEqualTo(Duration.ofNanos(1_000));
    }
}
