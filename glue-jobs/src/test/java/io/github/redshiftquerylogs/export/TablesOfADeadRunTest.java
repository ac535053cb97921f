package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.transfer.ReadingPlan;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.Unloading;
import io.github.redshiftquerylogs.transfer.WindowTasks;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.Gap;
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
    private final InMemoryExportState state = new InMemoryExportState();

    private static ExportDeclaration table(String name) {
        return Declarations.parse("""
                name: %s
                set: core
                log_time_rule: endtime
                key: [id]
                reread: true
                sql: %s
                columns: [{name: id, type: integer}]
                """.formatted(name, FakeCluster.SQL), name);
    }

    @BeforeEach
    void dieAtOneTable() {
        for (int hour = 0; hour < 72; hour++) {
            cluster.add(START.plusHours(hour), hour);
        }
        state.begin(CLUSTER, DEADLY, new TableState.Attempt("dead-run", new Window(START.minusHours(1), START)));
    }

    private RunSummary run(ExportState through, Duration budget) {
        JobArguments defaults = JobArguments.of(CLUSTER, "lake", "unused");
        JobArguments arguments = new JobArguments(
                CLUSTER,
                "lake",
                "unused",
                defaults.settle(),
                Duration.ofHours(6),
                budget,
                Optional.empty());
        return new ExportRun(
                        arguments,
                        "run-1",
                        List.of(table(DEADLY), table(HEALTHY)),
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
                                through,
                                Clock.fixed(NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC)))
                .run();
    }

    private LocalDateTime readUpTo(String table) {
        return state.load(CLUSTER, table)
                .watermark()
                .map(Watermark::readUpTo)
                .orElse(LocalDateTime.MIN);
    }

    @Test
    void otherTablesAreDoneBeforeTheOneAtWhichARunDiedBegins() {
        Watching watching = new Watching();
        RunSummary run = run(watching, Duration.ofMinutes(20));
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(watching.healthyWhenDeadlyBegan)
                .as("how far the other table was when this one began")
                .isEqualTo(NOW.minusMinutes(2));
        assertThat(run.tables()).allMatch(TableSummary::complete);
    }

    /** The budget is over before the last table begins: it would never be read. */
    @Test
    void tableAtWhichARunDiedGetsAWindowEvenIfTheOthersUseUpTheBudget() {
        RunSummary run = run(state, Duration.ZERO);
        assertThat(run.tables())
                .as("one window each, whatever the budget is")
                .hasSize(2)
                .allMatch(table -> table.windows() == 1 && !table.complete());
        LocalDateTime after = readUpTo(DEADLY);
        assertThat(after).isAfter(START.minusHours(1));
        run(state, Duration.ZERO);
        assertThat(readUpTo(DEADLY)).isAfter(after);
    }

    /** The state, and how far the healthy table was at the first window of the deadly one. */
    private final class Watching implements ExportState {

        private final CountDownLatch deadlyBegan = new CountDownLatch(1);
        private LocalDateTime healthyWhenDeadlyBegan = LocalDateTime.MAX;

        @Override
        public void begin(ClusterName of, String table, TableState.Attempt attempt) {
            if (table.equals(DEADLY) && deadlyBegan.getCount() > 0) {
                healthyWhenDeadlyBegan = readUpTo(HEALTHY);
                deadlyBegan.countDown();
            }
            if (table.equals(HEALTHY) && readUpTo(HEALTHY).equals(LocalDateTime.MIN)) {
                giveTheOtherTableTimeToBegin();
            }
            state.begin(of, table, attempt);
        }

        private void giveTheOtherTableTimeToBegin() {
            try {
                boolean began = deadlyBegan.await(WELL_BEHIND.toMillis(), TimeUnit.MILLISECONDS);
                assertThat(began).as("both tables at the same time").isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public TableState load(ClusterName of, String table) {
            return state.load(of, table);
        }

        @Override
        public Optional<ClusterMetadata> description(ClusterName of) {
            return state.description(of);
        }

        @Override
        public boolean advance(ClusterName of, String table, TableState before, Watermark next, Duration length) {
            return state.advance(of, table, before, next, length);
        }

        @Override
        public boolean await(ClusterName of, String table, TableState before, TableState.EmptyAnswer answer) {
            return state.await(of, table, before, answer);
        }

        @Override
        public void recordGap(ClusterName of, String table, String runId, Gap gap) {
            state.recordGap(of, table, runId, gap);
        }
    }
}
