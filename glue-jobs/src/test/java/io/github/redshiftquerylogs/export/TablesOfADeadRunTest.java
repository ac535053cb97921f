package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.PlainRewriter;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.selection.KnownExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.transfer.ReadingPlan;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.Unloading;
import io.github.redshiftquerylogs.transfer.WindowTasks;
import io.github.redshiftquerylogs.watermark.InMemoryExportState;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run has died at one of two tables; both have the same rows, of three days. */
class TablesOfADeadRunTest {

    private static final ClusterName CLUSTER = new ClusterName("orders");
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final LocalDateTime NOW = START.plusDays(3);
    private static final String DEADLY = "deadly";
    private static final String HEALTHY = "healthy";
    private static final Duration WELL_BEHIND = Duration.ofMillis(300);

    private final FakeCluster cluster = new FakeCluster(NOW);
    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Watching state = new Watching();

    private static ExportDeclaration table(String name) {
        return FakeCluster.declaration(name, FakeCluster.SQL);
    }

    @BeforeEach
    void dieAtOneTable() {
        for (int hour = 0; hour < 72; hour++) {
            cluster.add(START.plusHours(hour), hour);
        }
        state.diedAt(DEADLY, new Window(START.minusHours(1), START));
    }

    private RunSummary run(Duration budget) {
        JobArguments defaults = JobArguments.of(CLUSTER, "lake", "unused");
        JobArguments arguments = new JobArguments(
                CLUSTER,
                "lake",
                "unused",
                defaults.settle(),
                Duration.ofHours(6),
                budget,
                Optional.empty(),
                Optional.empty());
        return new ExportRun(
                        arguments,
                        "run-1",
                        KnownExports.of(List.of(table(DEADLY), table(HEALTHY))),
                        List.of(ExportList.parse("exports", "core")),
                        Optional.empty(),
                        new RunPorts(
                                new TransferPorts(
                                        cluster,
                                        new Unloading(
                                                "s3://nowhere",
                                                "default",
                                                Optional.empty(),
                                                ReadingPlan.FETCH_THRESHOLD),
                                        (description, tasks) -> tasks.stream()
                                                .map(task -> WindowTasks.Result.of(task, 0, 0))
                                                .toList()),
                                new Lake(catalog, "lake", "memory://lake"),
                                state,
                                (cluster, day, groups) -> {},
                                new PlainRewriter(),
                                Clock.fixed(NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC)))
                .run();
    }

    @Test
    void otherTablesAreDoneBeforeTheOneAtWhichARunDiedBegins() {
        RunSummary run = run(Duration.ofMinutes(20));
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(state.healthyWhenDeadlyBegan)
                .as("how far the other table was when this one began")
                .isEqualTo(NOW.minusMinutes(2));
        assertThat(run.tables()).allMatch(TableSummary::complete);
    }

    /** The budget is over before the last table begins: it would never be read. */
    @Test
    void tableAtWhichARunDiedGetsAWindowEvenIfTheOthersUseUpTheBudget() {
        RunSummary run = run(Duration.ZERO);
        assertThat(run.tables())
                .as("one window each, whatever the budget is")
                .hasSize(2)
                .allMatch(table -> table.windows() == 1 && !table.complete());
        LocalDateTime after = state.readUpTo(DEADLY);
        assertThat(after).isAfter(START.minusHours(1));
        run(Duration.ZERO);
        assertThat(state.readUpTo(DEADLY)).isAfter(after);
    }

    /** The state, and how far the healthy table was at the first window of the deadly one. */
    private static final class Watching extends InMemoryExportState {

        private final CountDownLatch deadlyBegan = new CountDownLatch(1);
        private LocalDateTime healthyWhenDeadlyBegan = LocalDateTime.MAX;

        void diedAt(String table, Window window) {
            super.begin(CLUSTER, table, new TableState.Attempt("dead-run", window));
        }

        LocalDateTime readUpTo(String table) {
            return load(CLUSTER, table).watermark().map(Watermark::readUpTo).orElse(LocalDateTime.MIN);
        }

        /** Waits for the other table, so it must not hold the lock. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public void begin(ClusterName of, String table, TableState.Attempt attempt) {
            if (table.equals(DEADLY) && deadlyBegan.getCount() > 0) {
                healthyWhenDeadlyBegan = readUpTo(HEALTHY);
                deadlyBegan.countDown();
            }
            if (table.equals(HEALTHY) && readUpTo(HEALTHY).equals(LocalDateTime.MIN)) {
                giveTheOtherTableTimeToBegin();
            }
            super.begin(of, table, attempt);
        }

        private void giveTheOtherTableTimeToBegin() {
            try {
                boolean began = deadlyBegan.await(WELL_BEHIND.toMillis(), TimeUnit.MILLISECONDS);
                assertThat(began).as("both tables at the same time").isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
