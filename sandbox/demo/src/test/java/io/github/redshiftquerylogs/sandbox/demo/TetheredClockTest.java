package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TetheredClockTest {

    private static final Instant NOW = Instant.parse("2026-11-19T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"-300, -240", "-240, -240", "0, 0", "100, 100", "121, 120"})
    void staysWithinItsTether(long virtual, long shown) {
        Clock real = Clock.fixed(NOW, ZoneOffset.UTC);
        Clock clock = new TetheredClock(
                Clock.fixed(NOW.plusSeconds(virtual), ZoneOffset.UTC),
                real,
                Duration.ofMinutes(4),
                Duration.ofMinutes(2));
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(shown));
    }

    @Test
    void isInUtc() {
        Clock clock = new TetheredClock(Clock.systemUTC(), Clock.systemUTC(), Duration.ZERO, Duration.ZERO);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
