package io.github.redshiftquerylogs.orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final Instant FIRST = TICK.minus(Duration.ofHours(2));
    private static final LocalDateTime HALF_AN_HOUR_AGO = LocalDateTime.parse("2026-11-19T09:35:00.000000");

    private static Watermarks read(Map<String, LocalDateTime> readUpTo) {
        return new Watermarks(readUpTo, Set.of(), Set.of(), Optional.empty());
    }

    private static Watermarks selected(Map<String, LocalDateTime> readUpTo, Set<String> unreadable, String... tables) {
        return new Watermarks(readUpTo, Set.of(), unreadable, Optional.of(exports(FIRST.minusSeconds(9), tables)));
    }

    private static SelectedExports exports(Instant since, String... tables) {
        return new SelectedExports(
                Stream.of(tables).collect(Collectors.toMap(table -> table, table -> since)),
                Set.of(),
                Set.of(),
                Set.of());
    }

    @Test
    void theLagIsSinceTheTableThatIsFarthestBehind() {
        assertThat(read(Map.of("a", HALF_AN_HOUR_AGO, "b", HALF_AN_HOUR_AGO.plusMinutes(20)))
                        .lag(FIRST, TICK))
                .contains(Duration.ofMinutes(30));
    }

    @Test
    void aClusterThatNeverWasExportedIsBehindSinceItsFirstTick() {
        assertThat(read(Map.of()).lag(FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(selected(Map.of(), Set.of(), "a").lag(FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(selected(Map.of(), Set.of()).lag(FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(read(Map.of()).lag(TICK, TICK)).contains(Duration.ZERO);
    }

    /** Otherwise a table that fails in every run would never be noticed. */
    @Test
    void aTableThatNeverWasReadIsBehindSinceTheFirstTickOrSinceItWasSelected() {
        Watermarks begun = new Watermarks(Map.of("a", HALF_AN_HOUR_AGO), Set.of("b"), Set.of(), Optional.empty());

        assertThat(begun.lag(FIRST, TICK)).contains(Duration.ofHours(2));
        assertThat(selected(Map.of("a", HALF_AN_HOUR_AGO), Set.of(), "a", "b").lag(FIRST, TICK))
                .as("without an entry")
                .contains(Duration.ofHours(2));
        assertThat(new Watermarks(
                                Map.of(),
                                Set.of("b"),
                                Set.of(),
                                Optional.of(exports(TICK.minus(Duration.ofMinutes(7)), "b")))
                        .lag(FIRST, TICK))
                .as("selected later")
                .contains(Duration.ofMinutes(7));
    }

    @Test
    void aTableThatIsNotSelectedAnyMoreIsNotBehind() {
        Map<String, LocalDateTime> read = Map.of("a", HALF_AN_HOUR_AGO, "old", HALF_AN_HOUR_AGO.minusDays(9));
        assertThat(selected(read, Set.of("older"), "a").lag(FIRST, TICK)).contains(Duration.ofMinutes(30));
        assertThat(selected(read, Set.of(), "a", "old").lag(FIRST, TICK))
                .as("while it is selected")
                .contains(Duration.ofDays(9).plusMinutes(30));
    }

    @Test
    void anExportThatCannotBeReadIsNotBehind() {
        SelectedExports some = new SelectedExports(
                Map.of("a", FIRST, "refused", FIRST, "absent", FIRST),
                Set.of("snapshot"),
                Set.of("refused"),
                Set.of("absent"));
        assertThat(new Watermarks(Map.of("a", HALF_AN_HOUR_AGO), Set.of(), Set.of(), Optional.of(some))
                        .lag(FIRST, TICK))
                .contains(Duration.ofMinutes(30));
    }

    @Test
    void aTableWhoseWatermarkIsNotReadableIsLeftOut() {
        Watermarks marks = new Watermarks(Map.of("a", HALF_AN_HOUR_AGO), Set.of(), Set.of("b"), Optional.empty());

        assertThat(marks.lag(FIRST, TICK)).contains(Duration.ofMinutes(30));
        assertThat(selected(Map.of("a", HALF_AN_HOUR_AGO), Set.of("b"), "a", "b")
                        .lag(FIRST, TICK))
                .contains(Duration.ofMinutes(30));
        assertThat(new Watermarks(Map.of(), Set.of(), Set.of("b"), Optional.empty()).lag(FIRST, TICK))
                .isEmpty();
        assertThat(selected(Map.of(), Set.of("b"), "b").lag(FIRST, TICK)).isEmpty();
    }

    @Test
    void aClockThatIsAheadIsNoNegativeLag() {
        assertThat(read(Map.of("a", LocalDateTime.parse("2026-11-19T10:06:00"))).lag(FIRST, TICK))
                .contains(Duration.ZERO);
    }
}
