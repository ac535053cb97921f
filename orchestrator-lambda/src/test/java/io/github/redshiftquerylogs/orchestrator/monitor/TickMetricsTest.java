package io.github.redshiftquerylogs.orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickMetricsTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");

    @Test
    void theLagIsSinceWhatWasReadLast() {
        Optional<LocalDateTime> readUpTo = Optional.of(LocalDateTime.parse("2026-11-19T09:35:00.000000"));
        assertThat(TickMetrics.lag(readUpTo, TICK.minusSeconds(1), TICK)).contains(Duration.ofMinutes(30));
    }

    @Test
    void aClusterThatNeverWasExportedIsBehindSinceItWasSeenFirst() {
        assertThat(TickMetrics.lag(Optional.empty(), TICK.minus(Duration.ofHours(2)), TICK))
                .contains(Duration.ofHours(2));
        assertThat(TickMetrics.lag(Optional.empty(), null, TICK)).isEmpty();
    }

    @Test
    void aClockThatIsAheadIsNoNegativeLag() {
        assertThat(TickMetrics.lag(Optional.of(LocalDateTime.parse("2026-11-19T10:06:00")), null, TICK))
                .contains(Duration.ZERO);
    }

    @Test
    void theGreatestLagIsThatOfTheClusterFarthestBehind() {
        assertThat(new TickMetrics(
                                0,
                                new TreeMap<>(Map.of(ORDERS, Duration.ofMinutes(5), SALES, Duration.ofHours(3))),
                                new TreeMap<>())
                        .maxLag())
                .contains(Duration.ofHours(3));
        assertThat(new TickMetrics(1, new TreeMap<>(), new TreeMap<>()).maxLag())
                .isEmpty();
    }

    private static ClusterHistory after(int failures, @Nullable String lastRunSeen, @Nullable LastRun lastRun) {
        return new ClusterHistory(new LastStart(TICK, "jr_2", failures, lastRunSeen), lastRun, null, null);
    }

    private static boolean failed(Outcome outcome, ClusterHistory state) {
        return TickMetrics.failed(ClusterResult.of(ORDERS, outcome, "…"), state);
    }

    @ParameterizedTest
    @CsvSource({
        "STARTED, false",
        "RUNNING, false",
        "NOT_DUE, false",
        "THROTTLED, false",
        "AWAITING_CREDENTIALS, false",
        "MISCONFIGURED, true",
        "FAILED, true"
    })
    void theOutcomeOfTheTickCounts(Outcome outcome, boolean failed) {
        assertThat(failed(outcome, ClusterHistory.NONE)).isEqualTo(failed);
    }

    @Test
    void aRunThatFailedCountsUntilOneSucceeds() {
        assertThat(failed(Outcome.NOT_DUE, after(0, "jr_1", new LastRun("jr_2", false))))
                .isTrue();
        assertThat(failed(Outcome.STARTED, after(0, "jr_1", new LastRun("jr_2", false))))
                .isTrue();
        assertThat(failed(Outcome.STARTED, after(3, "jr_1", new LastRun("jr_2", true))))
                .isFalse();
        assertThat(failed(Outcome.AWAITING_CREDENTIALS, after(0, "jr_1", new LastRun("jr_2", false))))
                .isFalse();
    }

    @Test
    void aRunThatIsGoingIsNoFailureButSeveralThatLeftNothingAre() {
        assertThat(failed(Outcome.RUNNING, after(0, "jr_1", new LastRun("jr_1", true))))
                .isFalse();
        assertThat(failed(Outcome.RUNNING, after(0, null, null))).isFalse();
        assertThat(failed(Outcome.STARTED, after(1, "jr_1", new LastRun("jr_1", true))))
                .isTrue();
        assertThat(failed(Outcome.STARTED, after(1, null, null))).isTrue();
    }
}
