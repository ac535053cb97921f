package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.lake.PlainRewriter;
import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.querydays.QueryDay;
import io.github.redshiftquerylogs.querydays.SparkQueryDay;
import io.github.redshiftquerylogs.redshift.JdbcAddress;
import io.github.redshiftquerylogs.redshift.JdbcSource;
import io.github.redshiftquerylogs.redshift.LimitedSource;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.StatementName;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import io.github.redshiftquerylogs.selection.KnownExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.transfer.ReadingPlan;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.Unloading;
import io.github.redshiftquerylogs.transfer.WindowTask;
import io.github.redshiftquerylogs.transfer.WindowTasks;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.InMemoryExportState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.spark.sql.SparkSession;

/** One cluster with a workload, a database of its own in a lake, and runs of the real export in this process. */
final class ExportFixture implements AutoCloseable {

    static final ClusterName CLUSTER = new ClusterName("product-warehouse");

    /** The exports that most tests run: more would show nothing else and take time. */
    static final List<ExportDeclaration> CORE = Declarations.bundled().stream()
            .filter(export -> export.set() == ExportSet.CORE)
            .toList();

    static final String USER = "exporter";
    static final String PASSWORD = "p\"a's \\%&+w";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final EmbeddedRedshift redshift;
    final Ledger ledger;
    final Workload workload;
    final InMemoryExportState state = new InMemoryExportState();

    private final TestingLake storage;
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger taskAttempts = new AtomicInteger();

    private String database = newDatabase();
    private List<ExportDeclaration> declarations = CORE;
    private List<ExportList> exports = List.of(ExportList.parse("exports", "core"));
    private Optional<String> acceptSource = Optional.empty();
    private Duration window = Duration.ofHours(6);
    private QueryDay queryDay = (cluster, day, groups) -> {};
    private Optional<Function<String, Source>> otherSource = Optional.empty();
    private Unloading unloading =
            new Unloading("s3://nowhere", "default", Optional.empty(), ReadingPlan.FETCH_THRESHOLD);

    ExportFixture(TestingLake storage, Patch patch, long seed) {
        this(storage, SystemTables.tables(patch), seed);
    }

    ExportFixture(TestingLake storage, List<SystemTable> tables, long seed) {
        this.storage = storage;
        this.redshift = EmbeddedRedshift.recycled(CLUSTER.value(), USER, PASSWORD, tables);
        this.ledger = new Ledger(redshift.tables());
        this.workload = new Workload(redshift, ledger, WorkloadProfile.quiet(seed));
    }

    ExportFixture(TestingLake storage) {
        this(storage, Patch.NEWER, 1);
    }

    private static String newDatabase() {
        return "db_" + NUMBER.incrementAndGet();
    }

    /** An empty lake and no state; the cluster stays as it is. */
    void startAfresh() {
        database = newDatabase();
        state.clear();
    }

    void export(List<ExportDeclaration> only) {
        declarations = only;
    }

    /** The lists of exports, in order; none: the default. */
    void select(String... values) {
        exports = Stream.of(values)
                .map(value -> ExportList.parse(ParameterNames.exports(CLUSTER), value))
                .toList();
    }

    /** What the user accepts as the source. */
    void acceptSource(String identity) {
        acceptSource = Optional.of(identity);
    }

    void windowsOf(Duration longest) {
        window = longest;
    }

    /** How a run signs in. */
    private Source source(String runId) {
        return otherSource
                .map(source -> source.apply(runId))
                .orElseGet(() -> login(runId, redshift.jdbcUrl(), PASSWORD));
    }

    Source loginAt(String url, String password) {
        return login("run", url, password);
    }

    private static Source login(String runId, String url, String password) {
        return JdbcSource.withPassword(
                new StatementName(CLUSTER, runId),
                new JdbcAddress(url),
                new DatabaseCredentials(USER, password),
                Duration.ofMinutes(20));
    }

    void signIn(Source other) {
        signIn(runId -> other);
    }

    /** Runs sign in with what their id gives. */
    void signIn(Function<String, Source> other) {
        otherSource = Optional.of(other);
    }

    /** Days are summarised by Spark. */
    void summariseBy(SparkSession spark) {
        summariseBy(new SparkQueryDay(spark, SparkSettings.CATALOG + "." + database));
    }

    void summariseBy(QueryDay other) {
        queryDay = other;
    }

    void unloadBy(Unloading other) {
        unloading = other;
    }

    /** A run that may fail. */
    RunSummary attempt() {
        return run(state, this::runTask);
    }

    /** A run at another time than the workload's, successful. */
    RunSummary runAt(LocalDateTime now) {
        RunSummary summary = run(state, this::runTask, Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return summary;
    }

    /** Does something to the cluster, as its superuser. */
    void administer(String... statements) {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run at the time that the source's clock shows, to its end, successful. */
    RunSummary run() {
        RunSummary summary = run(state, this::runTask);
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return summary;
    }

    RunSummary run(ExportState throughState, WindowTasks throughTasks) {
        return run(throughState, throughTasks, Clock.fixed(workload.now().toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
    }

    RunSummary run(ExportState throughState, WindowTasks throughTasks, Clock clock) {
        JobArguments defaults = JobArguments.of(CLUSTER, database, "unused");
        JobArguments arguments = new JobArguments(
                CLUSTER,
                database,
                "unused",
                defaults.settle(),
                window,
                defaults.budget(),
                Optional.empty(),
                Optional.empty());
        String runId = database + "-run-" + runs.incrementAndGet();
        return new ExportRun(
                        arguments,
                        runId,
                        KnownExports.of(declarations),
                        exports,
                        acceptSource,
                        new RunPorts(
                                new TransferPorts(new LimitedSource(source(runId), 3), unloading, throughTasks),
                                storage.lake(database),
                                throughState,
                                queryDay,
                                new PlainRewriter(),
                                clock))
                .run();
    }

    /** The work of Spark tasks, in this thread; tasks and results are copied as between driver and executor. */
    List<WindowTasks.Result> runTask(String description, List<WindowTask> tasks) {
        return tasks.stream()
                .map(TaskCopy::of)
                .map(arrived -> WindowTasks.Result.of(arrived, 0, taskAttempts.incrementAndGet()))
                .map(TaskCopy::of)
                .toList();
    }

    /** Advances time until everything that was finished is settled, and exports it. */
    RunSummary settleAndRun() {
        workload.advanceTo(workload.now().plus(Duration.ofMinutes(3)));
        return run();
    }

    /** The lake's rows of one table. */
    List<Record> rows(String table) {
        return storage.rows(database, table);
    }

    Table table(String name) {
        return storage.load(database, name);
    }

    /** Every row that was finished up to what is settled is in the lake once; and no other row. */
    void requireLakeEqualsLedger() {
        List<SystemTable> exported = redshift.tables().stream()
                .filter(source ->
                        declarations.stream().anyMatch(export -> export.name().equals(source.name())))
                .toList();
        LakeComparison.requireEqual(exported, ledger, CLUSTER, this::rows);
    }

    LocalDateTime readUpTo(String table) {
        return state.load(CLUSTER, table).watermark().orElseThrow().readUpTo();
    }

    @Override
    public void close() {
        workload.close();
        redshift.close();
    }

    /** The notes on the source, without the one that the stand-in's URL has {@code ssl=false}. */
    static List<String> notesButOfTls(RunSummary summary) {
        return summary.source().orElseThrow().notes().stream()
                .filter(note -> !note.startsWith("the URL of the Glue connection"))
                .toList();
    }
}
