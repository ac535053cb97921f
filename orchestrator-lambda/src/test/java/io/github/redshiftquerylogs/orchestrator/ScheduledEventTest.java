package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledEventTest {

    private static final Instant NOW = Instant.parse("2026-11-19T10:06:31.5Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void theTimeOfTheEventIsTheTimeOfTheTick() {
        assertThat(ScheduledEvent.time(Map.of("time", "2026-11-19T10:05:00Z"), CLOCK))
                .isEqualTo(Instant.parse("2026-11-19T10:05:00Z"));
    }

    @Test
    void withoutATimeTheClockSaysIt() {
        assertThat(ScheduledEvent.time(Map.of("source", "aws.scheduler"), CLOCK))
                .isEqualTo(NOW);
        assertThat(ScheduledEvent.time(null, CLOCK)).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-19", "2026-11-19T10:05:00", "1763546700", "2026-02-30T00:00:00Z"})
    void aTimeThatIsNoInstantIsRefusedWithWhatIsExpected(String time) {
        assertThatThrownBy(() -> ScheduledEvent.time(Map.of("time", time), CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event: time = '" + time + "': expected an instant in UTC such as 2026-11-19T10:05:00Z");
    }

    @Test
    void aTimeThatIsNoTextIsRefusedToo() {
        assertThatThrownBy(() -> ScheduledEvent.time(Map.of("time", 17.5), CLOCK))
                .hasMessageStartingWith("event: time = '17.5'");
    }
}
