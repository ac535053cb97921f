package io.github.redshiftquerylogs.orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final Instant FIRST = TICK.minus(Duration.ofHours(2));
    private static final Set<String> ANY = Set.of();
    private static final LocalDateTime HALF_AN_HOUR_AGO = LocalDateTime.parse("2026-11-19T09:35:00.000000");

    private static Watermarks read(Map<String, LocalDateTime> readUpTo) {
        return new Watermarks(readUpTo, Set.of(), Set.of());
    }

    @Test
    void theLagIsSinceTheTableThatIsFarthestBehind() {
        assertThat(read(Map.of("a", HALF_AN_HOUR_AGO, "b", HALF_AN_HOUR_AGO.plusMinutes(20)))
                        .lag(ANY, FIRST, TICK))
                .contains(Duration.ofMinutes(30));
    }

    @Test
    void aClusterThatNeverWasExportedIsBehindSinceItsFirstTick() {
        assertThat(read(Map.of()).lag(ANY, FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(read(Map.of()).lag(Set.of("a"), FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(read(Map.of()).lag(ANY, TICK, TICK)).contains(Duration.ZERO);
    }

    /** Otherwise a table that fails in every run would never be noticed. */
    @Test
    void aTableThatNeverWasReadIsBehindSinceTheFirstTick() {
        Watermarks marks = new Watermarks(Map.of("a", HALF_AN_HOUR_AGO), Set.of("b"), Set.of());

        assertThat(marks.lag(ANY, FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(read(Map.of("a", HALF_AN_HOUR_AGO)).lag(Set.of("a", "b"), FIRST, TICK))
                .as("without an entry")
                .contains(Duration.ofHours(2));
        assertThat(read(Map.of("a", HALF_AN_HOUR_AGO)).lag(Set.of("a"), FIRST, TICK))
                .contains(Duration.ofMinutes(30));
    }

    @Test
    void aTableThatIsNoLongerExportedIsNotBehind() {
        assertThat(read(Map.of("a", HALF_AN_HOUR_AGO, "old", HALF_AN_HOUR_AGO.minusDays(9)))
                        .lag(Set.of("a"), FIRST, TICK))
                .contains(Duration.ofMinutes(30));
    }

    @Test
    void aTableWhoseWatermarkIsNotReadableIsLeftOut() {
        Watermarks marks = new Watermarks(Map.of("a", HALF_AN_HOUR_AGO), Set.of(), Set.of("b"));

        assertThat(marks.lag(ANY, FIRST, TICK)).contains(Duration.ofMinutes(30));
        assertThat(marks.lag(Set.of("a", "b"), FIRST, TICK)).contains(Duration.ofMinutes(30));
        assertThat(new Watermarks(Map.of(), Set.of(), Set.of("b")).lag(ANY, FIRST, TICK))
                .isEmpty();
        assertThat(new Watermarks(Map.of(), Set.of(), Set.of("b")).lag(Set.of("b"), FIRST, TICK))
                .isEmpty();
    }

    @Test
    void aClockThatIsAheadIsNoNegativeLag() {
        assertThat(read(Map.of("a", LocalDateTime.parse("2026-11-19T10:06:00"))).lag(ANY, FIRST, TICK))
                .contains(Duration.ZERO);
    }
}
