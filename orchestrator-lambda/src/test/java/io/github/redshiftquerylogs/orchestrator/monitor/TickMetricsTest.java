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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickMetricsTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");

    private static TickMetrics metrics(Map<ClusterName, Duration> lags, Map<ClusterName, Duration> lateness) {
        return new TickMetrics(
                Set.of("sales", "No Name"),
                new TreeMap<>(lags),
                new TreeMap<>(lateness),
                Set.of(),
                Set.of(),
                new TreeMap<>(Map.of(ORDERS, 2, SALES, 1)),
                new TreeMap<>());
    }

    @Test
    void theGreatestLagIsThatOfTheClusterFarthestBehind() {
        TickMetrics metrics = metrics(
                Map.of(ORDERS, Duration.ofMinutes(70), SALES, Duration.ofHours(25)),
                Map.of(ORDERS, Duration.ofMinutes(65), SALES, Duration.ofHours(1)));

        assertThat(metrics.maxLag()).isEqualTo(Duration.ofHours(25));
        assertThat(metrics.maxLateness()).isEqualTo(Duration.ofMinutes(65));
        assertThat(metrics.failed()).isEqualTo(2);
        assertThat(metrics.exportsRefused()).isEqualTo(3);
        assertThat(metrics(Map.of(), Map.of()).maxLag()).isZero();
        assertThat(metrics(Map.of(), Map.of()).maxLateness()).isZero();
    }

    @Test
    void clustersThatArePausedCountNowhereElse() {
        TickMetrics metrics = metrics(
                        Map.of(ORDERS, Duration.ofMinutes(70), SALES, Duration.ofHours(25)),
                        Map.of(ORDERS, Duration.ofMinutes(10), SALES, Duration.ofHours(24)))
                .withPaused(Set.of(SALES));

        assertThat(metrics.maxLag()).isEqualTo(Duration.ofMinutes(70));
        assertThat(metrics.maxLateness()).isEqualTo(Duration.ofMinutes(10));
        assertThat(metrics.failed()).isEqualTo(1);
    }

    @Test
    void whatFailsOrIsLateMayBePaused() {
        assertThat(metrics(Map.of(), Map.of(ORDERS, Duration.ofMinutes(11))).suspicious())
                .containsExactly(ORDERS, SALES);
        assertThat(metrics(Map.of(), Map.of(ORDERS, Duration.ofMinutes(10))).suspicious())
                .containsExactly(SALES);
    }

    private static ClusterHistory after(int failures, @Nullable String lastRunSeen, @Nullable LastRun lastRun) {
        return new ClusterHistory(new LastStart(TICK, "jr_2", failures, lastRunSeen), lastRun, null, null);
    }

    private static boolean failed(Outcome outcome, ClusterHistory state) {
        return TickMetrics.failed(ClusterResult.of(ORDERS, outcome, "…"), state, false);
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

    @Test
    void aRunThatDiedCountsAtOnce() {
        ClusterHistory history = after(0, "jr_1", new LastRun("jr_1", true));

        assertThat(TickMetrics.openRun(history)).contains("jr_2");
        assertThat(TickMetrics.failed(ClusterResult.of(ORDERS, Outcome.NOT_DUE, "…"), history, true))
                .isTrue();
        assertThat(TickMetrics.failed(ClusterResult.of(ORDERS, Outcome.NOT_DUE, "…"), history, false))
                .isFalse();
    }

    @Test
    void aRunWithASummaryIsNotOpen() {
        assertThat(TickMetrics.openRun(after(0, "jr_1", new LastRun("jr_2", true))))
                .isEmpty();
        assertThat(TickMetrics.openRun(after(0, null, null))).contains("jr_2");
        assertThat(TickMetrics.openRun(ClusterHistory.NONE)).isEmpty();
    }
}
