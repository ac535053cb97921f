package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.transfer.WindowTask;
import io.github.redshiftquerylogs.transfer.WindowTasks;
import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.ClosedDay;
import io.github.redshiftquerylogs.watermark.ClusterExports;
import io.github.redshiftquerylogs.watermark.CompactionState;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.SealState;
import io.github.redshiftquerylogs.watermark.SnapshotState;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run is ended at every side effect that it has, before and after it; everything but the stores is thrown away, and a
 * fresh run finishes the work.
 */
class ExportCrashTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final int NEVER = Integer.MAX_VALUE;

    private static LocalLake storage;
    private static ExportFixture pipeline;

    @BeforeAll
    static void start() {
        storage = new LocalLake();
        pipeline = new ExportFixture(storage);
        pipeline.export(ExportFixture.CORE.stream()
                .filter(export -> export.name().equals("stl_query"))
                .toList());
        pipeline.workload.writeHistory(START, START.plusHours(4));
        pipeline.workload.finish();
        pipeline.workload.advanceTo(START.plusHours(4).plusMinutes(3));
    }

    @AfterAll
    static void stop() {
        pipeline.close();
        storage.close();
    }

    @BeforeEach
    void startAfresh() {
        pipeline.startAfresh();
        pipeline.windowsOf(Duration.ofMinutes(80));
    }

    /** In a first export of few rows, whose windows go into one commit, and in one that has a commit for each window. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCrashPoint(boolean oneCommit) {
        begin(oneCommit);
        JobProcess undisturbed = new JobProcess(NEVER, true);
        undisturbed.run();
        assertThat(undisturbed.effects).as("side effects of a run").isGreaterThan(6);
        assertThat(undisturbed.windows).hasSizeGreaterThan(1);
        assertThat(pipeline.table("stl_query").history()).hasSize(oneCommit ? 1 : undisturbed.windows.size());
        for (int at = 1; at <= undisturbed.effects; at++) {
            for (boolean before : new boolean[] {true, false}) {
                begin(oneCommit);
                String description = "crash " + (before ? "before" : "after") + " effect " + at;
                JobProcess died = new JobProcess(at, before);
                died.run();
                JobProcess second = new JobProcess(NEVER, true);
                second.run();
                requireDone(description);
                if (!second.windows.isEmpty() && !died.windows.isEmpty()) {
                    int begun = oneCommit ? 0 : died.windows.size() - 1;
                    assertThat(second.windows.get(0).from())
                            .as("%s: at most the commit in which it died is read again", description)
                            .isAfterOrEqualTo(died.windows.get(begun).from());
                }
            }
        }
    }

    /** After a run that ended within a window, each window has a commit of its own. */
    private static void begin(boolean oneCommit) {
        pipeline.startAfresh();
        if (!oneCommit) {
            pipeline.windowsOf(Duration.ofHours(6));
            Window begun = new Window(START.minusHours(6), START);
            pipeline.state.begin(ExportFixture.CLUSTER, "stl_query", new TableState.Attempt("earlier", begun));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void manyCrashesInARow(long seed) {
        crashInARow(seed);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("furtherSeeds")
    void manyMoreCrashesInARow(long seed) {
        crashInARow(seed);
    }

    static LongStream furtherSeeds() {
        return LongStream.rangeClosed(9, 300);
    }

    private static void crashInARow(long seed) {
        Random random = new Random(seed);
        StringBuilder schedule = new StringBuilder("seed " + seed + ": ");
        for (int crash = 0; crash < 4; crash++) {
            int at = 1 + random.nextInt(8);
            boolean before = random.nextBoolean();
            schedule.append(at).append(before ? "b " : "a ");
            new JobProcess(at, before).run();
            if (random.nextInt(4) == 0) {
                pipeline.state.clear();
                schedule.append("state lost ");
            }
        }
        new JobProcess(NEVER, true).run();
        requireDone(schedule.toString());
    }

    @Test
    void windowInWhichARunDiedIsHalvedByTheNext() {
        // after the decision on exports, their selection and the note of the attempt, the first window is read
        JobProcess died = new JobProcess(4, true);
        died.run();
        JobProcess next = new JobProcess(NEVER, true);
        next.run();
        Window first = next.windows.get(0);
        assertThat(first.from()).isEqualTo(died.windows.get(0).from());
        assertThat(first.length()).isEqualTo(died.windows.get(0).length().dividedBy(2));
    }

    private static void requireDone(String description) {
        JobProcess last = new JobProcess(NEVER, true);
        RunSummary summary = last.run();
        assertThat(summary.status()).as("%s: %s", description, summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(last.windows).as(description).isEmpty();
        pipeline.requireLakeEqualsLedger();
    }

    /** One process of the job: its ports count their effects; at a chosen one it dies, and does nothing any more. */
    private static final class JobProcess implements ExportState {

        private final int dieAt;
        private final boolean before;
        private final List<Window> windows = new ArrayList<>();
        private int effects;
        private boolean dead;

        JobProcess(int dieAt, boolean before) {
            this.dieAt = dieAt;
            this.before = before;
        }

        RunSummary run() {
            return pipeline.run(this, this::task);
        }

        private List<WindowTasks.Result> task(String description, List<WindowTask> tasks) {
            return effect(() -> pipeline.runTask(description, tasks));
        }

        private <T> T effect(Supplier<T> action) {
            effects++;
            dead = dead || (before && effects == dieAt);
            requireAlive();
            T result = action.get();
            dead = effects == dieAt;
            requireAlive();
            return result;
        }

        private void requireAlive() {
            if (dead) {
                throw new IllegalStateException("this process is dead");
            }
        }

        @Override
        public TableState load(ClusterName cluster, String table) {
            requireAlive();
            return pipeline.state.load(cluster, table);
        }

        @Override
        public Optional<ClusterMetadata> description(ClusterName cluster) {
            requireAlive();
            return pipeline.state.description(cluster);
        }

        @Override
        public ClusterExports exports(ClusterName cluster) {
            requireAlive();
            return pipeline.state.exports(cluster);
        }

        @Override
        public DefaultExports decide(ClusterName cluster, DefaultExports decision) {
            return effect(() -> pipeline.state.decide(cluster, decision));
        }

        @Override
        public void record(ClusterName cluster, ClusterExports exports) {
            effect(() -> {
                pipeline.state.record(cluster, exports);
                return true;
            });
        }

        @Override
        public void begin(ClusterName cluster, String table, TableState.Attempt attempt) {
            windows.add(attempt.window());
            effect(() -> {
                pipeline.state.begin(cluster, table, attempt);
                return true;
            });
        }

        @Override
        public boolean advance(
                ClusterName cluster, String table, TableState stored, Watermark next, Duration windowLength) {
            return effect(() -> pipeline.state.advance(cluster, table, stored, next, windowLength));
        }

        @Override
        public boolean await(ClusterName cluster, String table, TableState stored, TableState.EmptyAnswer answer) {
            return effect(() -> pipeline.state.await(cluster, table, stored, answer));
        }

        @Override
        public void recordBackfill(ClusterName cluster, String table, Optional<Backfill> backfill) {
            effect(() -> {
                pipeline.state.recordBackfill(cluster, table, backfill);
                return true;
            });
        }

        @Override
        public void recordSnapshot(ClusterName cluster, String table, SnapshotState snapshot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void recordGap(ClusterName cluster, String table, String runId, Gap gap) {
            throw new UnsupportedOperationException();
        }

        // crashes while a day is counted or sealed are in ModelTest

        @Override
        public Optional<LocalDate> closedDay(ClusterName cluster, String table) {
            requireAlive();
            return pipeline.state.closedDay(cluster, table);
        }

        @Override
        public boolean claimCount(ClusterName cluster, String table, String runId, LocalDateTime now, Duration length) {
            requireAlive();
            return pipeline.state.claimCount(cluster, table, runId, now, length);
        }

        @Override
        public SealState seals(ClusterName cluster) {
            requireAlive();
            return pipeline.state.seals(cluster);
        }

        @Override
        public boolean claimSealing(ClusterName cluster, String runId, LocalDateTime now, Duration length) {
            requireAlive();
            return pipeline.state.claimSealing(cluster, runId, now, length);
        }

        @Override
        public void beginSealing(ClusterName cluster, SealState.Attempt attempt) {
            requireAlive();
            pipeline.state.beginSealing(cluster, attempt);
        }

        @Override
        public void closeSealing(ClusterName cluster, LocalDate through, String head, LocalDateTime now) {
            requireAlive();
            pipeline.state.closeSealing(cluster, through, head, now);
        }

        @Override
        public CompactionState compaction(ClusterName cluster) {
            requireAlive();
            return pipeline.state.compaction(cluster);
        }

        @Override
        public void beginCompaction(ClusterName cluster, SealState.Attempt attempt) {
            requireAlive();
            pipeline.state.beginCompaction(cluster, attempt);
        }

        @Override
        public void closeCompaction(ClusterName cluster, LocalDate through, LocalDateTime now) {
            requireAlive();
            pipeline.state.closeCompaction(cluster, through, now);
        }

        @Override
        public boolean claimExpiry(String table, String runId, LocalDate day) {
            requireAlive();
            return pipeline.state.claimExpiry(table, runId, day);
        }

        @Override
        public void closeDay(ClusterName cluster, String table, ClosedDay closed, LocalDateTime now) {
            requireAlive();
            pipeline.state.closeDay(cluster, table, closed, now);
        }
    }
}
