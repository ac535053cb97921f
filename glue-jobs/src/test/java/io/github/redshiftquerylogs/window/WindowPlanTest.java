package io.github.redshiftquerylogs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowPlanTest {

    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00");

    @Test
    void shortSpanIsOneWindow() {
        assertThat(WindowPlan.next(NOON, NOON.plusMinutes(5), SIX_HOURS))
                .contains(new Window(NOON, NOON.plusMinutes(5)));
    }

    @Test
    void nothingIsLeftWhenTheBoundIsReached() {
        assertThat(WindowPlan.next(NOON, NOON, SIX_HOURS)).isEmpty();
        assertThat(WindowPlan.next(NOON, NOON.minusSeconds(1), SIX_HOURS)).isEmpty();
    }

    @Test
    void windowEndsAMicrosecondBeforeMidnightBecauseARowAtMidnightIsTheFirstOfItsDay() {
        LocalDateTime midnight = LocalDateTime.parse("2026-11-20T00:00:00");
        Window evening = WindowPlan.next(midnight.minusHours(1), midnight.plusHours(1), SIX_HOURS)
                .orElseThrow();
        assertThat(evening.to()).isEqualTo("2026-11-19T23:59:59.999999");
        assertThat(evening.contains(midnight)).isFalse();

        Window night =
                WindowPlan.next(evening.to(), midnight.plusHours(1), SIX_HOURS).orElseThrow();
        assertThat(night.contains(midnight)).isTrue();
        assertThat(night.to()).isEqualTo(midnight.plusHours(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void windowsCoverEveryInstantOnceAndNeverTwoDays(long seed) {
        Random random = new Random(seed);
        LocalDateTime from = NOON.plus(random.nextLong(Duration.ofDays(1).toNanos() / 1000), ChronoUnit.MICROS);
        LocalDateTime to = from.plus(1 + random.nextLong(Duration.ofDays(9).toNanos() / 1000), ChronoUnit.MICROS);
        Duration longest = Duration.ofSeconds(1 + random.nextInt(24 * 3600));
        List<Window> windows = new ArrayList<>();
        LocalDateTime at = from;
        while (at.isBefore(to)) {
            Window window = WindowPlan.next(at, to, longest).orElseThrow();
            assertThat(window.from()).as("seed %s", seed).isEqualTo(at);
            assertThat(window.length()).isLessThanOrEqualTo(longest);
            assertThat(window.from().plus(1, ChronoUnit.MICROS).toLocalDate())
                    .isEqualTo(window.to().toLocalDate());
            windows.add(window);
            at = window.to();
        }
        assertThat(at).isEqualTo(to);
        LocalDateTime row =
                from.plus(1 + random.nextLong(Duration.between(from, to).toNanos() / 1000), ChronoUnit.MICROS);
        assertThat(windows)
                .as("seed %s, row %s", seed, row)
                .filteredOn(window -> window.contains(row))
                .hasSize(1);
    }

    @Test
    void emptyWindowIsRefused() {
        assertThatThrownBy(() -> new Window(NOON, NOON)).hasMessageContaining("empty window");
    }
}
