package io.github.redshiftquerylogs.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillTest {

    private static final LocalDateTime FROM = LocalDateTime.parse("2026-11-12T00:00:00");
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-19T00:00:00");
    private static final Instant SINCE = Instant.parse("2026-11-19T00:00:00Z");
    private static final Backfill BEGUN = new Backfill(FROM, NOW, SINCE, Optional.empty());

    private static Optional<Instant> doneAt(Duration passed, Duration read) {
        LocalDateTime to = NOW.plus(passed);
        Backfill after = BEGUN.at(FROM.plus(read), to, SINCE.plus(passed));
        assertThat(after.from()).isEqualTo(FROM);
        assertThat(after.since()).isEqualTo(SINCE);
        assertThat(after.to()).isEqualTo(to);
        return after.doneAt();
    }

    @Test
    void paceCountsTheTimeThatPassesMeanwhile() {
        assertThat(doneAt(Duration.ofHours(1), Duration.ofHours(29)))
                .contains(SINCE.plus(Duration.ofHours(1)).plusSeconds(Math.round((7 * 24 + 1 - 29) * 3_600 / 28.0)));
    }

    @Test
    void estimateIsWhenThePresentIsReached() {
        Duration passed = Duration.ofHours(2);
        Duration read = Duration.ofHours(50);
        Instant done = doneAt(passed, read).orElseThrow();
        double hours = Duration.between(SINCE, done).toSeconds() / 3_600.0;
        assertThat(hours * 25).as("read by then").isCloseTo(7 * 24 + hours, within(0.1));
    }

    @Test
    void doneIsNow() {
        assertThat(doneAt(Duration.ofHours(2), Duration.ofHours(7 * 24 + 2))).contains(SINCE.plus(Duration.ofHours(2)));
    }

    @Test
    void nothingTellsBeforeSomethingWasRead() {
        assertThat(doneAt(Duration.ofHours(1), Duration.ZERO)).isEmpty();
        assertThat(doneAt(Duration.ZERO, Duration.ZERO)).isEmpty();
        assertThat(doneAt(Duration.ZERO, Duration.ofHours(1)))
                .as("no time has passed")
                .isEmpty();
        assertThat(doneAt(Duration.ofHours(-1), Duration.ofHours(1)))
                .as("the clock went back")
                .isEmpty();
    }

    @Test
    void exportThatIsNoFasterThanTimeNeverEnds() {
        assertThat(doneAt(Duration.ofHours(4), Duration.ofHours(4))).isEmpty();
        assertThat(doneAt(Duration.ofHours(4), Duration.ofHours(3))).isEmpty();
        assertThat(doneAt(Duration.ofHours(1_000), Duration.ofHours(1_001)))
                .as("in years")
                .isEmpty();
        assertThat(doneAt(Duration.ofHours(4), Duration.ofHours(5))).isPresent();
    }
}
