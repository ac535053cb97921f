package io.github.redshiftquerylogs.sandbox.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SandboxClockTest {

    private static final Instant NOW = Instant.parse("2026-11-19T12:00:00Z");

    private final SandboxClock clock = new SandboxClock(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void startsBehindAndCanBeAdvanced() {
        assertThat(clock.instant()).isEqualTo(NOW.minusSeconds(240));
        clock.advance(Duration.ofSeconds(100));
        assertThat(clock.instant()).isEqualTo(NOW.minusSeconds(140));
    }

    @Test
    void neverGetsAsFarAwayAsAnExportAllows() {
        clock.advance(Duration.ofMinutes(8));
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1))).hasMessageContaining("expected at most PT4M");
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(240));
    }
}
