package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.DayFiles;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.PlainRewriter;
import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.selection.KnownExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.transfer.ReadingPlan;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.Unloading;
import io.github.redshiftquerylogs.transfer.WindowTask;
import io.github.redshiftquerylogs.transfer.WindowTasks;
import io.github.redshiftquerylogs.watermark.ClosedDay;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.InMemoryExportState;
import io.github.redshiftquerylogs.watermark.TableState;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** One random history of a cluster with one export, a log unless a subclass has another one; the seed decides everything. */
class ModelHistory {

    private static final ClusterName CLUSTER = new ClusterName("model");
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final Duration LONGEST = Duration.ofDays(6);
    private static final int[] MINUTES = {1, 1, 3, 7, 60, 300};
    private static final ExportDeclaration LOG = Declarations.parse("""
        name: log
        set: core
        log_time_rule: endtime
        key: [id]
        reread: true
        sql: %s
        columns: [{name: id, type: integer}]
        """.formatted(FakeCluster.SQL), "model");

    /** So short that a first export of few rows has many of them, for one commit. */
    private static final Duration SHORT_WINDOWS = Duration.ofHours(1);

    private final ExportDeclaration export;
    private final long seed;
    private final boolean backlog;
    private Optional<JobArguments.ByHand> byHand = Optional.empty();
    private final Random random;
    private final FakeCluster cluster = new FakeCluster(START);
    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "model", "memory://lake");
    private final InMemoryExportState state = new InMemoryExportState();
    private final List<TableState> copies = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private Optional<String> acceptSource = Optional.empty();
    private int rows;
    private int runs;
    private int depth;

    /** A quarter of the histories begin with rows of almost a day, and read in short windows. */
    ModelHistory(long seed) {
        this(seed, LOG, seed % 4 == 0);
    }

    /** @param export the only export of the cluster */
    ModelHistory(long seed, ExportDeclaration export) {
        this(seed, export, false);
    }

    private ModelHistory(long seed, ExportDeclaration export, boolean backlog) {
        this.export = export;
        this.backlog = backlog;
        this.seed = seed;
        this.random = new Random(seed);
        catalog.disturb(Runnable::run);
        if (backlog) {
            addBacklog();
        }
    }

    private void addBacklog() {
        // not from the history's own numbers, which stay those of a history without a backlog
        Random times = new Random(seed);
        int count = 5 + times.nextInt(30);
        for (int i = 0; i < count; i++) {
            cluster.add(START.minusMinutes(times.nextInt(20 * 60)), rows++);
        }
        tell("backlog of " + count);
    }

    FakeCluster cluster() {
        return cluster;
    }

    Random random() {
        return random;
    }

    int nextRow() {
        return rows++;
    }

    /** Plays a history and requires that nothing is lost and nothing is twice. */
    void play(int steps) {
        finishAfter(steps);
        requireEveryRowOnce();
        requireCounts();
    }

    final void finishAfter(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
        }
        finish();
    }

    /** Runs that nothing disturbs. */
    final void finish() {
        finish(2);
    }

    final void finish(int runsLeft) {
        tell("at the end");
        for (int i = 0; i < runsLeft; i++) {
            // longer than a run that died keeps others from counting
            cluster.clock(cluster.clock().plus(settle()).plusMinutes(30));
            RunSummary summary =
                    new ModelRun(this, ModelRun.Fault.NONE, 0).run().orElseThrow();
            assertThat(summary.status()).as("%s: %s", this, summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        }
    }

    /** The time after which rows of the present are exported. */
    Duration settle() {
        return Duration.ofMinutes(3);
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 35) {
            changeSource();
        } else if (choice < 55) {
            passTime();
        } else if (choice < 88) {
            run();
        } else if (choice < 91) {
            tell("state lost");
            state.clear();
        } else if (choice < 94 && !copies.isEmpty()) {
            tell("state restored");
            TableState copy = copies.get(random.nextInt(copies.size()));
            state.replace(CLUSTER, export.name(), now -> copy);
        } else {
            maintain();
        }
        copies.add(state.load(CLUSTER, export.name()));
    }

    /** Queries end within the last minute, often at the same time, and often on a bound. */
    void changeSource() {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int second = random.nextInt(3) == 0 ? 0 : random.nextInt(60);
            cluster.add(cluster.clock().minusSeconds(second), rows++);
        }
        tell("rows up to " + rows);
    }

    private void passTime() {
        Duration passed = passing();
        if (cluster.clock().plus(passed).isBefore(START.plus(LONGEST))) {
            cluster.clock(cluster.clock().plus(passed));
            tell("clock " + cluster.clock());
        }
    }

    Duration passing() {
        return Duration.ofMinutes(MINUTES[random.nextInt(MINUTES.length)]);
    }

    private void maintain() {
        Optional<Table> table = table();
        if (table.isEmpty() || table.get().currentSnapshot() == null) {
            return;
        }
        int choice = random.nextInt(3);
        if (choice == 0) {
            tell("lake expired");
            table.get()
                    .expireSnapshots()
                    .expireOlderThan(Long.MAX_VALUE)
                    .retainLast(1)
                    .commit();
        } else if (choice == 1) {
            tell("lake compacted");
            FaultyCatalog.compact(table.get());
        } else {
            Snapshot parent = parent(table.get());
            if (parent != null) {
                tell("lake rolled back");
                table.get().manageSnapshots().rollbackTo(parent.snapshotId()).commit();
            }
        }
    }

    private static @Nullable Snapshot parent(Table table) {
        Long parent = table.currentSnapshot().parentId();
        return parent == null ? null : table.snapshot(parent);
    }

    /** A run with one fault, at the top or within another run. */
    void run() {
        List<ModelRun.Fault> faults = new ArrayList<>(List.of(ModelRun.Fault.values()));
        // the second answer without rows counts, so a cluster hides its rows only once
        if (depth > 0 || state.load(CLUSTER, export.name()).empty().isPresent()) {
            faults.remove(ModelRun.Fault.HIDDEN_ROWS);
            faults.remove(ModelRun.Fault.ROWS_THAT_APPEAR);
        }
        if (depth == 2) {
            faults.remove(ModelRun.Fault.ANOTHER_RUN);
        }
        ModelRun.Fault fault = faults.get(random.nextInt(faults.size()));
        int at = 1 + random.nextInt(24);
        tell("  ".repeat(depth) + "run with " + fault + " at " + at);
        depth++;
        new ModelRun(this, fault, at).run();
        depth--;
    }

    /** What the user accepts as the source. */
    void acceptSource(String identity) {
        acceptSource = Optional.of(identity);
    }

    RunSummary export(ExportState through, FakeCluster.Interference statements, FaultyCatalog.Disturbance commits) {
        cluster.interfere(statements);
        catalog.disturb(commits);
        JobArguments arguments = arguments(JobArguments.of(CLUSTER, "model", "unused"));
        RunPorts ports = new RunPorts(
                new TransferPorts(
                        cluster,
                        new Unloading("s3://nowhere", "default", Optional.empty(), ReadingPlan.FETCH_THRESHOLD),
                        this::tasks),
                lake,
                through,
                (cluster, day, groups) -> {},
                new PlainRewriter(),
                Clock.fixed(cluster.clock().toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        return new ExportRun(
                        arguments,
                        "run-" + ++runs,
                        KnownExports.of(List.of(export)),
                        List.of(ExportList.parse("exports", "core")),
                        acceptSource,
                        ports)
                .run();
    }

    private JobArguments arguments(JobArguments defaults) {
        return new JobArguments(
                defaults.cluster(),
                "model",
                "unused",
                defaults.settle(),
                backlog ? SHORT_WINDOWS : defaults.window(),
                defaults.budget(),
                byHand,
                Optional.empty());
    }

    /** What later runs do because somebody wants it. */
    void byHand(JobArguments.ByHand asked) {
        byHand = Optional.of(asked);
    }

    void disturb(FaultyCatalog.Disturbance commits) {
        catalog.disturb(commits);
    }

    private List<WindowTasks.Result> tasks(String description, List<WindowTask> tasks) {
        List<WindowTasks.Result> results =
                tasks.stream().map(task -> WindowTasks.Result.of(task, 0, 0)).toList();
        results.stream()
                .flatMap(result -> result.files().stream())
                .flatMap(written -> written.files().stream())
                .forEach(file -> files.add(file.location()));
        return results;
    }

    /** The files that were ever written and are still there. */
    List<String> files() {
        return files.stream().filter(this::isThere).toList();
    }

    private boolean isThere(String file) {
        try {
            return table().orElseThrow().io().newInputFile(file).exists();
        } catch (NotFoundException e) {
            return false;
        }
    }

    InMemoryExportState state() {
        return state;
    }

    void requireEveryRowOnce() {
        assertThat(exported()).as(toString()).containsExactlyInAnyOrderElementsOf(cluster.rows());
    }

    /** The rows of the lake. */
    List<FakeCluster.Row> exported() {
        return table().map(TestingLake::rows).orElse(List.of()).stream()
                .map(row -> new FakeCluster.Row((LocalDateTime) row.getField("log_time"), (Integer) row.getField("id")))
                .toList();
    }

    /** The files of the lake's table, by day. */
    Map<LocalDate, DayFiles> filesByDay() {
        return lake.open(export, CLUSTER).filesByDay();
    }

    /** How many commits the lake's table has had, unless snapshots have expired. */
    int commits() {
        return table().map(table -> table.history().size()).orElse(0);
    }

    int lakeRows() {
        return table().map(TestingLake::rows).orElse(List.of()).size();
    }

    void doubleTheLake() {
        FaultyCatalog.doubleRows(table().orElseThrow());
    }

    /** The stored counts as table, day, hour, rows of the source, rows of the lake; only hours with rows. */
    List<String> counts() {
        return countedHours().stream()
                .filter(row -> (Long) row.getField("source_rows") > 0 || (Long) row.getField("lake_rows") > 0)
                .map(row -> row.getField("day") + " " + row.getField("hour") + ": " + row.getField("source_rows") + "/"
                        + row.getField("lake_rows"))
                .sorted()
                .toList();
    }

    /** Each day is counted at most once, all its hours at once. */
    void requireCountedOnce() {
        List<Record> counts = countedHours();
        assertThat(counts.stream().map(row -> row.getField("day") + " " + row.getField("hour")))
                .as(toString())
                .doesNotHaveDuplicates();
        assertThat(counts.size() % 24).as(toString()).isZero();
    }

    private List<Record> countedHours() {
        return table("row_counts").map(TestingLake::rows).orElse(List.of());
    }

    /** The last day is counted, and the lake has what the source shows. */
    void requireCounts() {
        requireCountedOnce();
        assertThat(countedHours())
                .as(toString())
                .allMatch(row -> (Long) row.getField("source_rows") <= (Long) row.getField("lake_rows"));
        assertThat(state.closedDay(CLUSTER, export.name()))
                .as(toString())
                .isEqualTo(Optional.of(cluster.clock()
                        .minusHours(3)
                        .minusMinutes(2)
                        .toLocalDate()
                        .minusDays(1)));
    }

    ClosedDay closed() {
        return state.closed(CLUSTER, export.name()).orElseThrow();
    }

    private Optional<Table> table() {
        return table(export.name());
    }

    Optional<Table> table(String ofName) {
        TableIdentifier name = TableIdentifier.of("model", ofName);
        return catalog.tableExists(name) ? Optional.of(catalog.loadTable(name)) : Optional.empty();
    }

    final void tell(String what) {
        told.append(what).append("; ");
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + told;
    }
}
