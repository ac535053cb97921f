package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster;
import io.github.redshiftquerylogs.orchestrator.connection.TestingClusters;
import io.github.redshiftquerylogs.orchestrator.monitor.MetricsSink;
import io.github.redshiftquerylogs.orchestrator.monitor.SelectedExports;
import io.github.redshiftquerylogs.orchestrator.monitor.TickMetrics;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.state.InMemoryStateTable;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ticks that record descriptions of clusters and publish metrics. */
class MonitorTickTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");
    private static final CallFailure DENIED =
            CallFailure.answered(Operation.DESCRIBE_CLUSTERS, 403, "AccessDenied", "not authorized", false);

    private final TestingServices services = new TestingServices();
    private final TestingClusters clusters = services.clusters;
    private final InMemoryStateTable state = services.state;

    private TickMetrics tick(TestingParameters parameters, Instant time) {
        services.tick(parameters, time);
        return services.metrics.last();
    }

    private TickResult tick(TestingParameters parameters, MetricsSink sink, Duration remaining) {
        Services fakes = services.services(parameters);
        return new OrchestratorHandler(
                        new Services(
                                fakes.settings(),
                                fakes.jobs(),
                                fakes.connections(),
                                fakes.connectionRecord(),
                                fakes.directory(),
                                fakes.state(),
                                fakes.monitorTable(),
                                sink),
                        TestingServices.ENVIRONMENT,
                        TestingServices.clockAt(TICK))
                .handleRequest(Map.of("time", TICK.toString()), new TestingContext(remaining));
    }

    private void readUpTo(Instant time, ClusterName... names) {
        for (ClusterName name : names) {
            state.read(name, "stl_query", LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        }
    }

    private static Instant later(long minutes) {
        return TICK.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void overADayClustersAreListedOnceAndThatServesAll() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales", "elsewhere");
        clusters.with(TestingClusters.available("orders")).with(TestingClusters.available("sales"));
        for (int tick = 0; tick < 288; tick++) {
            services.tick(parameters, later(5L * tick));
            readUpTo(later(5L * tick), ORDERS, SALES, new ClusterName("elsewhere"));
            state.endRuns(true);
        }
        assertThat(clusters.calls()).containsExactly("DescribeClusters");
        assertThat(state.descriptions).containsOnlyKeys(ORDERS, SALES);
        services.tick(parameters, later(5 * 288));
        assertThat(clusters.calls()).containsExactly("DescribeClusters", "DescribeClusters");
    }

    @Test
    void aResizeIsNotedADayLaterAtTheLatest() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        ProvisionedCluster small = TestingClusters.available("orders");
        clusters.with(small);
        services.tick(parameters, TICK);
        ProvisionedCluster large = new ProvisionedCluster(
                "orders",
                "available",
                small.availability(),
                small.endpoint(),
                "dev",
                small.network(),
                "ra3.4xlarge",
                6,
                small.namespaceArn());
        clusters.with(large);
        services.tick(parameters, later(60));
        assertThat(state.descriptions).containsEntry(ORDERS, small);
        services.tick(parameters, later(24 * 60));
        assertThat(state.descriptions).containsEntry(ORDERS, large);
    }

    @Test
    void aClusterBehindTheDataApiIsDescribedByItsIdentifierAndAWorkgroupNotAtAll() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales")
                .put(ParameterNames.connection(ORDERS), "redshift-data://warehouse-7/dev")
                .put(ParameterNames.connection(SALES), "redshift-data://serverless/sales/dev");
        clusters.with(TestingClusters.available("warehouse-7")).with(TestingClusters.available("sales"));
        services.tick(parameters, TICK);
        assertThat(state.descriptions).containsOnlyKeys(ORDERS);
        assertThat(state.descriptions.get(ORDERS)).isEqualTo(TestingClusters.available("warehouse-7"));
    }

    @Test
    void aNewClusterIsLookedAtByItsFirstTickAndOneThatWaitsForCredentialsIsNot() {
        TestingParameters parameters =
                TestingParameters.withClusters("orders", "sales").putCluster("sales", "tempuser");
        services.tick(parameters, TICK);
        assertThat(state.notes).containsOnlyKeys(ORDERS);
        services.tick(parameters.putCluster("sales", "exporter_user"), later(5));
        assertThat(state.notes)
                .containsEntry(SALES, new TickNotes(later(5), later(5), null))
                .containsEntry(ORDERS, new TickNotes(TICK, TICK, null));
        assertThat(clusters.calls()).hasSize(2);
    }

    @Test
    void whatCannotBeDescribedIsStartedAndTheNextTickLooksAgain() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        clusters.with(TestingClusters.available("orders")).failing(Operation.DESCRIBE_CLUSTERS, DENIED);
        assertThat(services.tick(parameters, TICK).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
        assertThat(state.descriptions).isEmpty();
        services.tick(parameters, later(5));
        assertThat(state.descriptions).containsOnlyKeys(ORDERS);
    }

    @Test
    void aClusterThatNeverWasExportedIsBehindSinceItsFirstTick() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        assertThat(tick(parameters, TICK).lags()).isEqualTo(Map.of(ORDERS, Duration.ZERO));
        assertThat(tick(parameters, later(90)).lags()).isEqualTo(Map.of(ORDERS, Duration.ofMinutes(90)));
    }

    @Test
    void aClusterIsBehindSinceWhatWasReadOfItsSlowestTable() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales");
        state.read(ORDERS, "stl_query", LocalDateTime.ofInstant(later(-10), ZoneOffset.UTC));
        state.read(ORDERS, "stl_scan", LocalDateTime.ofInstant(later(-200), ZoneOffset.UTC));
        state.read(SALES, "stl_scan", LocalDateTime.ofInstant(later(-5), ZoneOffset.UTC));
        TickMetrics metrics = tick(parameters, TICK);
        assertThat(metrics.lags()).isEqualTo(Map.of(ORDERS, Duration.ofMinutes(200), SALES, Duration.ofMinutes(5)));
        assertThat(metrics.maxLag()).isEqualTo(Duration.ofMinutes(200));
    }

    @Test
    void anEntryOfOneClusterThatIsNotReadableHidesNoOthersLag() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales");
        state.unreadable.put(ORDERS, Set.of("stl_scan"));
        state.read(SALES, "stl_scan", LocalDateTime.ofInstant(later(-200), ZoneOffset.UTC));
        TickMetrics metrics = tick(parameters, TICK);
        assertThat(metrics.lags()).isEqualTo(Map.of(SALES, Duration.ofMinutes(200)));
        assertThat(metrics.notMeasured()).containsExactly(ORDERS);
        assertThat(metrics.maxLag()).isEqualTo(Duration.ofMinutes(200));
    }

    /** Such a time would end the tick by an overflow, or keep the cluster from being started or looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z"})
    void timesOfOneClusterThatNoTickCanHaveWrittenStopNeitherItNorOthers(Instant time) {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales");
        clusters.with(TestingClusters.available("orders")).with(TestingClusters.available("sales"));
        state.starts.put(ORDERS, new LastStart(time, "jr_0", 3, null));
        state.notes.put(ORDERS, new TickNotes(time, time, null));
        assertThat(services.tick(parameters, TICK).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started", "started");
        assertThat(state.notes)
                .containsEntry(ORDERS, new TickNotes(TICK, TICK, null))
                .containsEntry(SALES, new TickNotes(TICK, TICK, null));
        assertThat(state.descriptions).containsOnlyKeys(ORDERS, SALES);
        assertThat(state.starts.get(ORDERS)).extracting(LastStart::tick).isEqualTo(TICK);
    }

    @Test
    void aClusterWhoseSettingsBreakGoesOnBeingBehind() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "Sales");
        state.read(ORDERS, "stl_query", LocalDateTime.ofInstant(TICK, ZoneOffset.UTC));
        services.tick(parameters, TICK);
        TickMetrics metrics = tick(parameters.remove(ParameterNames.user(ORDERS)), later(180));
        assertThat(metrics.lags()).isEqualTo(Map.of(ORDERS, Duration.ofHours(3)));
        // and the name that is no name
        assertThat(metrics.failed()).isEqualTo(2);
    }

    @Test
    void theRowsOfARunArePublishedOnceByTheFirstTickThatSeesItsSummary() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        assertThat(tick(parameters, TICK).rows()).isEmpty();
        state.endRuns(true);
        state.rows.put(ORDERS, 42L);
        assertThat(tick(parameters, later(5)).rows()).isEqualTo(Map.of(ORDERS, 42L));
        assertThat(tick(parameters, later(10)).rows()).isEmpty();
        assertThat(tick(parameters, later(60)).rows()).isEmpty();
        state.endRuns(true);
        state.rows.put(ORDERS, 0L);
        assertThat(tick(parameters, later(65)).rows()).isEqualTo(Map.of(ORDERS, 0L));
        assertThat(tick(parameters, later(70)).rows()).isEmpty();
    }

    @Test
    void aFailingRunIsAFailedClusterUntilOneSucceeds() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales");
        assertThat(tick(parameters, TICK).failed()).isZero();
        state.endRuns(true);
        String run = state.runs.getOrDefault(ORDERS, new LastRun("", true)).runId();
        state.runs.put(ORDERS, new LastRun(run, false));
        assertThat(tick(parameters, later(5)).failed()).isEqualTo(1);
        state.endRuns(true);
        assertThat(tick(parameters, later(10)).failed()).isZero();
    }

    @Test
    void aClusterIsLateByWhatExceedsItsOwnInterval() {
        TestingParameters parameters =
                TestingParameters.withClusters("orders", "sales").put(ParameterNames.intervalMinutes(SALES), "1440");
        readUpTo(later(-90), ORDERS);
        readUpTo(later(-1400), SALES);
        TickMetrics metrics = tick(parameters, TICK);
        assertThat(metrics.lateness()).isEqualTo(Map.of(ORDERS, Duration.ofMinutes(30), SALES, Duration.ZERO));
        assertThat(metrics.maxLateness()).isEqualTo(Duration.ofMinutes(30));
        assertThat(metrics.notMeasured()).isEmpty();
    }

    @Test
    void aTableThatNoRunEverReadsIsBehindSinceTheFirstTick() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        tick(parameters, TICK);
        readUpTo(later(175), ORDERS);
        state.begun.put(ORDERS, Set.of("stl_scan"));
        assertThat(tick(parameters, later(180)).lags()).isEqualTo(Map.of(ORDERS, Duration.ofHours(3)));
    }

    @Test
    void aClusterThatWaitsForCredentialsIsNeitherLateNorUnmeasured() {
        TestingParameters parameters = TestingParameters.withClusters("orders").putCluster("orders", "tempuser");
        tick(parameters, TICK);
        TickMetrics metrics = tick(parameters, later(600));
        assertThat(metrics.lags()).isEmpty();
        assertThat(metrics.notMeasured()).isEmpty();
    }

    @Test
    void aClusterWithSnapshotsOnlyIsNeitherLateNorUnmeasured() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        state.exports.put(ORDERS, new SelectedExports(Map.of(), Set.of("pg_user"), Set.of(), Set.of()));
        tick(parameters, TICK);
        TickMetrics metrics = tick(parameters, later(600));
        assertThat(metrics.lags()).isEmpty();
        assertThat(metrics.notMeasured()).isEmpty();
        state.exports.put(
                ORDERS, new SelectedExports(Map.of("stl_query", TICK), Set.of("pg_user"), Set.of(), Set.of()));
        assertThat(tick(parameters, later(600)).lags()).isEqualTo(Map.of(ORDERS, Duration.ofHours(10)));
    }

    @Test
    void aPausedClusterIsCountedApart() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "sales");
        clusters.with(TestingClusters.available("orders")).with(TestingClusters.paused("sales"));
        tick(parameters, TICK);
        readUpTo(later(55), ORDERS);
        state.endRuns(true);
        state.runs.put(SALES, new LastRun("jr_2", false));
        TickMetrics metrics = tick(parameters, later(120));
        assertThat(metrics.paused()).containsExactly(SALES);
        assertThat(metrics.failed()).isZero();
        assertThat(metrics.lags()).containsEntry(SALES, Duration.ofHours(2));
        assertThat(metrics.maxLag()).isEqualTo(Duration.ofMinutes(65));
        assertThat(metrics.maxLateness()).isEqualTo(Duration.ofMinutes(5));

        clusters.with(TestingClusters.available("sales"));
        assertThat(tick(parameters, later(125)).paused()).isEmpty();
        assertThat(services.metrics.last().maxLateness()).isEqualTo(Duration.ofMinutes(65));
    }

    @Test
    void whereItCannotBeToldNoClusterIsPaused() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        clusters.with(TestingClusters.paused("orders"));
        tick(parameters, TICK);
        clusters.failing(Operation.DESCRIBE_CLUSTERS, DENIED);
        TickMetrics metrics = tick(parameters, later(180));
        assertThat(metrics.paused()).isEmpty();
        assertThat(metrics.maxLag()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void aRunThatDiedIsAFailedClusterBeforeItsNextStart() {
        TestingParameters parameters =
                TestingParameters.withClusters("orders").put(ParameterNames.INTERVAL_MINUTES, "1440");
        tick(parameters, TICK);
        assertThat(tick(parameters, later(5)).failed()).isZero();
        services.jobs.kill("jr_1");
        assertThat(tick(parameters, later(10)).failed()).isEqualTo(1);
        services.jobs.failing(
                Operation.GET_RUN,
                "orders_extract_rs_query_logs",
                CallFailure.answered(Operation.GET_RUN, 400, "EntityNotFoundException", "no such run", false));
        assertThat(tick(parameters, later(15)).failed()).as("not known").isZero();
    }

    @Test
    void withoutTimeOnlyWhatTheTickItselfSaysIsPublished() {
        TestingParameters parameters = TestingParameters.withClusters("orders", "Sales");
        state.read(ORDERS, "stl_query", LocalDateTime.ofInstant(TICK, ZoneOffset.UTC));
        tick(parameters, services.metrics, Duration.ofSeconds(15));
        assertThat(services.metrics.published).hasSize(1);
        assertThat(services.metrics.last().lags()).isEmpty();
        assertThat(services.metrics.last().notMeasured()).containsExactly(ORDERS);
        assertThat(services.metrics.last().failed()).isEqualTo(1);
        assertThat(clusters.calls()).isEmpty();
        assertThat(state.notes).isEmpty();
    }

    @Test
    void neitherABrokenTableNorABrokenSinkMakesATickFail() {
        TestingParameters parameters = TestingParameters.withClusters("orders");
        state.failingMonitor = new IllegalStateException("table is gone");
        assertThat(services.tick(parameters, TICK).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
        // the tick came to its end, whatever could not be measured
        assertThat(services.metrics.published).hasSize(1);
        assertThat(services.metrics.last().notMeasured()).containsExactly(ORDERS);

        MetricsSink broken = metrics -> {
            throw new IllegalStateException("no standard output");
        };
        assertThat(tick(parameters, broken, Duration.ofMinutes(2)).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("not_due");
    }
}
