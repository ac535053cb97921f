package io.github.redshiftquerylogs.orchestrator.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(4));

    @Test
    void theLongestPauseDoublesUpToTheLimit() {
        assertThat(BACKOFF.pauseAfter(1, 0.5)).isEqualTo(Duration.ofMillis(250));
        assertThat(BACKOFF.pauseAfter(2, 0.5)).isEqualTo(Duration.ofMillis(500));
        assertThat(BACKOFF.pauseAfter(3, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BACKOFF.pauseAfter(4, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(BACKOFF.pauseAfter(5, 0.5)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anyPauseFromNoneToTheLongestIsPossible() {
        assertThat(BACKOFF.pauseAfter(3, 0)).isZero();
        assertThat(BACKOFF.pauseAfter(3, 0.9999)).isEqualTo(Duration.ofMillis(1999));
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        assertThat(BACKOFF.pauseAfter(1000, 0.5)).isEqualTo(Duration.ofSeconds(2));
    }
}
