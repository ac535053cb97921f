package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.lake.S3Lake;
import io.github.redshiftquerylogs.redshift.DataApiSource;
import io.github.redshiftquerylogs.redshift.StatementName;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretForms;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import io.github.redshiftquerylogs.sandbox.redshift.ClusterCatalog;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.transfer.Unloading;
import io.github.redshiftquerylogs.transfer.WindowTasks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Whichever way rows come from a cluster, the lake gets the same: over JDBC and by the Data API, fetched and unloaded, in
 * real S3FileIO, with the real driver and the real SDK clients.
 */
@ParameterizedClass
@EnumSource(SourceWay.class)
class SourceContractIT {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final LocalDateTime NOW = START.plusHours(4);
    private static final String SECRET = "{\"username\": \"" + ExportFixture.USER + "\", \"password\": \""
            + ExportFixture.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    private static final ExportDeclaration ODD =
            odd("select endtime as log_time, odd.* from odd where endtime > :from and endtime <= :to"
                    + " and coalesce(note, '') <> 'it''s'");
    private static final String ODD_DATABASE = "größe 100% o'dd?a=b;c \"x\"";
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    private static Path workFolder;

    private static LocalAws aws;
    private static S3Lake lake;
    /** A cluster with the table {@code odd}. */
    private static ExportFixture shared;

    private final SourceWay way;
    private TamperingStore store;
    private LogCapture log;
    private String staging;

    SourceContractIT(SourceWay way) {
        this.way = way;
    }

    @BeforeAll
    static void startAws() {
        aws = LocalAws.start(workFolder);
        aws.createBucket("staging");
        lake = new S3Lake(aws);
        shared = new ExportFixture(lake, Patch.NEWER, 1);
        shared.administer(
                "create table odd (endtime timestamp, id int8, small int2, single float4, twice float8, yes boolean,"
                        + " day date, amount numeric(20,4), code char(8), frag char(10), note varchar(200), at timestamp,"
                        + " zoned timestamptz)",
                "grant select on odd to exporter");
        ClusterCatalog catalog = shared.redshift.catalog();
        catalog.createUser(107, "IAMR:o'neill");
        catalog.createDatabase(ODD_DATABASE);
        catalog.createTable(ODD_DATABASE, 123456, "mart", "Orders \"2026\"");
        catalog.createTable("dev", 123456, "mart", "orders");
    }

    @BeforeEach
    void newLake() {
        log = new LogCapture();
        shared.administer(
                "truncate odd",
                "insert into odd values"
                        + " ('2026-11-18 23:59:59.999999', 1, -5, 1.1, 0.1, true, '2024-02-29', 12.5000, 'ab', 'ab',"
                        + " e'it''s \"x\"\\n\\t\\x01 \\\\N é 漢 😀 $$; --', '2026-03-08 02:30:00.000001',"
                        + " '2026-03-08 02:30:00.5+01'),"
                        + " ('2026-11-18 23:59:59.999999', 2, -5, 1.1, 0.1, true, '2024-02-29', 12.5000, 'ab', 'ab',"
                        + " ' blanks around  ', '2026-03-08 02:30:00.000001',"
                        + " '2026-03-08 02:30:00.5+01'),"
                        + " ('2026-11-19 00:00:00', 3, -5, 1.1, 0.1, true, '2024-02-29', 12.5000, 'ab', 'ab',"
                        + " '', '2026-03-08 02:30:00.000001',"
                        + " '2026-03-08 02:30:00.5+01')",
                "insert into odd values ('2026-11-19 00:00:00.000001', 4), ('2026-11-18 23:00:00', 5)");
        shared.startAfresh();
        shared.select("core");
        shared.export(List.of(ODD));
        reach(shared);
    }

    /** Configures this way of access for the runs of a cluster. */
    private void reach(ExportFixture pipeline) {
        staging = "temp'dir " + RUNS.incrementAndGet();
        store = new TamperingStore(aws.objectStore());
        pipeline.redshift.unloadWith(way.setup(store));
        aws.endpoint().warehouses().addCluster(pipeline.redshift);
        aws.endpoint().dataApi().setRowsAPage(3);
        aws.endpoint().forgetCalls();
        String secret = aws.secretsManager()
                .createSecret(create -> create.name("exporter-" + RUNS).secretString(SECRET))
                .arn();
        pipeline.signIn(runId -> way.source(aws.endpoint().uri(), pipeline.redshift.jdbcUrl(), secret, runId));
        unloadTo("s3://staging/" + staging, way.fetchThreshold(), pipeline);
    }

    private static void unloadTo(String tempdir, long fetchThreshold, ExportFixture pipeline) {
        pipeline.unloadBy(new Unloading(tempdir, "default", Optional.empty(), fetchThreshold));
    }

    @AfterEach
    void requireEmptyStagingAndNoSecretInTheLog() throws Exception {
        assertThat(staged()).as("what is left of UNLOADs").isEmpty();
        SecretForms forms = SecretForms.of(ExportFixture.USER, ExportFixture.PASSWORD);
        assertThat(forms.in(log.text())).isEmpty();
        for (ReceivedCall call : aws.endpoint().calls()) {
            if (call.operation().equals("BatchExecuteStatement")) {
                assertThat(forms.in(call.body())).isEmpty();
            }
        }
        log.close();
    }

    @AfterAll
    static void stopAws() {
        shared.close();
        lake.close();
        aws.close();
    }

    private static RunSummary attempt() {
        return run(shared::runTask, NOW);
    }

    private static RunSummary run(WindowTasks tasks, LocalDateTime now) {
        shared.redshift.setClock(now);
        return shared.run(shared.state, tasks, Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
    }

    /** The only table's part of a run. */
    private static TableSummary odd(RunSummary summary) {
        assertThat(summary.error()).isEmpty();
        assertThat(summary.tables()).hasSize(1);
        return summary.tables().get(0);
    }

    private static TableSummary succeeded(RunSummary summary) {
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return odd(summary);
    }

    private static String error(RunSummary summary) {
        return odd(summary).error().orElseThrow(() -> new AssertionError(summary.toJson()));
    }

    @Test
    void allTablesOfAWorkloadOverMidnight() {
        try (ExportFixture pipeline = new ExportFixture(lake, Patch.NEWER, 1)) {
            reach(pipeline);
            pipeline.windowsOf(Duration.ofMinutes(100));
            pipeline.workload.writeHistory(START, START.plusHours(3));
            RunSummary first = pipeline.run();
            pipeline.workload.finish();
            pipeline.settleAndRun();
            pipeline.requireLakeEqualsLedger();
            requireCountOfTheFirstDay(pipeline);
            assertThat(first.tables()).allSatisfy(table -> {
                assertThat(table.windows()).isGreaterThan(1);
                assertThat(table.unloaded()).isEqualTo(way.unloads() ? table.windows() : 0);
                requireNoteOfRefusal(table);
            });
        }
    }

    /** Children are counted by the end of their parent, as they are exported. */
    private static void requireCountOfTheFirstDay(ExportFixture pipeline) {
        LocalDateTime nextMorning = START.toLocalDate().plusDays(1).atTime(4, 0);
        pipeline.redshift.setClock(nextMorning);
        pipeline.runAt(nextMorning);
        Map<Object, Long> counted = new HashMap<>();
        for (Record row : pipeline.rows("row_counts")) {
            assertThat(row.getField("source_rows")).as(row.toString()).isEqualTo(row.getField("lake_rows"));
            if (row.getField("day").equals(START.toLocalDate())) {
                counted.merge(row.getField("table_name"), (Long) row.getField("lake_rows"), Long::sum);
            }
        }
        assertThat(counted).hasSize(ExportFixture.CORE.size());
        counted.forEach((table, rows) -> assertThat(pipeline.rows((String) table).stream()
                        .map(row -> (LocalDateTime) row.getField("log_time"))
                        .filter(time -> time.toLocalDate().equals(START.toLocalDate())))
                .as((String) table)
                .hasSize(rows.intValue())
                .isNotEmpty());
    }

    @Test
    void sysViewsOfAServerlessWorkgroupOverTheDataApi() {
        Assumptions.assumeTrue(way == SourceWay.DATA_API_FETCH || way == SourceWay.DATA_API_UNLOAD);
        try (ExportFixture pipeline = new ExportFixture(lake, SystemTables.serverless(Patch.NEWER), 1)) {
            reach(pipeline);
            aws.endpoint().warehouses().addWorkgroup("workgroup", pipeline.redshift);
            String secret = aws.secretsManager()
                    .createSecret(create -> create.name("workgroup-" + RUNS).secretString(SECRET))
                    .arn();
            pipeline.signIn(runId -> DataApiSource.of(
                    new StatementName(ExportFixture.CLUSTER, runId),
                    new ClusterConnection.DataApi(true, "workgroup", "dev"),
                    new Authentication.Secret(secret),
                    Duration.ofMinutes(2),
                    () -> RedshiftDataClient.builder()
                            .endpointOverride(aws.endpoint().uri())
                            .build()));
            pipeline.export(SysExportTest.sysViews());
            pipeline.select("sys");
            pipeline.workload.writeHistory(START, START.plusHours(3));
            RunSummary first = pipeline.run();
            assertThat(first.source().orElseThrow().identity()).isEqualTo("workgroup:workgroup");
            pipeline.workload.finish();
            pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(61));
            RunSummary last = pipeline.run();
            pipeline.requireLakeEqualsLedger();
            assertThat(last.tables()).allSatisfy(table -> {
                assertThat(table.complete()).isTrue();
                assertThat(table.unloaded()).isEqualTo(way.unloads() ? table.windows() : 0);
            });
        }
    }

    private void requireNoteOfRefusal(TableSummary table) {
        if (way.isRefused()) {
            assertThat(table.notes())
                    .singleElement()
                    .asString()
                    .startsWith("rows are fetched, because the cluster does not unload them: query refused by"
                            + " redshift-data://product-warehouse/dev: ERROR: The default IAM role is not set");
        } else {
            assertThat(table.notes()).isEmpty();
        }
    }

    @Test
    void everyTypeAndOddValue() {
        TableSummary table = succeeded(attempt());

        assertThat(lakeRows())
                .containsExactlyInAnyOrder(
                        row(1, "2026-11-18T23:59:59.999999", "it's \"x\"\n\t\u0001 \\N é 漢 😀 $$; --"),
                        row(2, "2026-11-18T23:59:59.999999", " blanks around  "),
                        row(3, "2026-11-19T00:00", ""),
                        nulls(4, "2026-11-19T00:00:00.000001"),
                        nulls(5, "2026-11-18T23:00"));
        assertThat(table.windows()).as("one before midnight, one after").isEqualTo(2);
        requireNoteOfRefusal(table);
        assertThat(unloads())
                .as("is asked for once where it is refused")
                .hasSize(way == SourceWay.DATA_API_UNLOAD ? 2 : way == SourceWay.DATA_API_FETCH ? 1 : 0);
    }

    /** Names that the lake needs for itself, that it cannot take, and that differ by case only. */
    @Test
    void oddColumnsStopNothingAndAreNoted() {
        shared.administer(
                "create table odder (endtime timestamp, id int8, cluster_name varchar(9), \"CLUSTER_NAME\" varchar(9),"
                        + " log_time timestamp, \"a.b\" int4, label varchar(9), \"LABEL\" varchar(9), _file int4,"
                        + " \"größe \"\"x\"\"\" int4, \"rows\" int4)",
                "insert into odder values"
                        + " ('2026-11-18 23:00:00', 1, 'c', 'C', '2020-01-01', 7, 'l', 'L', 8, 9, 10)",
                "grant select on odder to exporter");
        shared.export(List.of(
                odd("select endtime as log_time, odd.* from odder odd where endtime > :from and endtime <= :to")));
        try {
            TableSummary first = succeeded(attempt());
            Map<String, @Nullable Object> row = lakeRows().get(0);
            assertThat(row)
                    .containsEntry("source_cluster_name", "c")
                    .containsEntry("source_log_time", LocalDateTime.parse("2020-01-01T00:00"))
                    .containsEntry("label", "l")
                    .containsEntry("rows", 10);
            assertThat(row.values()).contains("C", "L", 7, 8, 9);
            assertThat(row.keySet()).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
            assertThat(first.notes())
                    .anyMatch(note -> note.matches("column 'a.b' of the source is a_b_[0-9a-f]{8} in the lake, .*"))
                    .noneMatch(note -> note.contains("not counted"));
            assertThat(first.unloaded()).isEqualTo(way.unloads() ? first.windows() : 0);

            shared.administer("insert into odder values ('2026-11-19 02:30:00', 4, 'd', 'D', null, 7, 'm', 'M', 8, 9)");
            TableSummary next = succeeded(run(shared::runTask, NOW.plusHours(1)));
            assertThat(next.rows()).isEqualTo(1);
            assertThat(lakeRows()).hasSize(2);
            assertThat(lakeRows().get(0).keySet()).as("the same names").isEqualTo(row.keySet());
        } finally {
            shared.administer("drop table odder");
        }
    }

    /** By UNLOAD as well, where the cluster can write such times to a file. */
    @Test
    void timesThatTheLakeDoesNotHoldAreNullAndCounted() {
        shared.administer(
                "update odd set at = 'infinity', day = '-infinity' where id = 1",
                "update odd set at = '294276-12-31', day = '0044-03-15 BC' where id = 2",
                "update odd set at = '9999-12-31 23:59:59.999999', day = '9999-12-31' where id = 3");
        TableSummary table = succeeded(attempt());
        Map<Object, @Nullable Object> at = new HashMap<>();
        Map<Object, @Nullable Object> day = new HashMap<>();
        for (Map<String, @Nullable Object> row : lakeRows()) {
            at.put(row.get("id"), row.get("at"));
            day.put(row.get("id"), row.get("day"));
        }
        assertThat(at).hasSize(5).containsEntry(1L, null).containsEntry(2L, null);
        assertThat(at).containsEntry(3L, LocalDateTime.parse("9999-12-31T23:59:59.999999"));
        assertThat(day).containsEntry(1L, null).containsEntry(2L, LocalDate.of(-43, 3, 15));
        assertThat(day).containsEntry(3L, LocalDate.parse("9999-12-31"));
        String beyond = " has values beyond the times that the lake holds, such as infinity, replaced by null: ";
        assertThat(table.notes()).contains("column at" + beyond + "2 values", "column day" + beyond + "1 value");
    }

    /** Those that were asked of the Data API. */
    private static List<ReceivedCall> unloads() {
        return aws.endpoint().calls().stream()
                .filter(call -> call.body().contains("UNLOAD ("))
                .toList();
    }

    private static ExportDeclaration odd(String sql) {
        return Declarations.parse("""
                name: odd
                set: core
                log_time_rule: endtime
                key: [id]
                reread: true
                sql: |
                  %s
                columns: [{name: id, type: bigint}, {name: frag, type: string, blanks: data}]
                """.formatted(sql), "test");
    }

    private List<Map<String, @Nullable Object>> lakeRows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Record record : shared.rows("odd")) {
            Map<String, @Nullable Object> row = new HashMap<>();
            record.struct().fields().forEach(field -> row.put(field.name(), record.getField(field.name())));
            row.remove("cluster_name");
            row.remove("endtime");
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(long id, String logTime, String note) {
        return new HashMap<>(Map.ofEntries(
                entry("log_time", LocalDateTime.parse(logTime)),
                entry("id", id),
                entry("small", -5),
                entry("single", 1.1),
                entry("twice", 0.1),
                entry("yes", true),
                entry("day", LocalDate.parse("2024-02-29")),
                entry("amount", "12.5000"),
                entry("code", "ab"),
                entry("frag", "ab        "),
                entry("note", note),
                entry("at", LocalDateTime.parse("2026-03-08T02:30:00.000001")),
                entry("zoned", "2026-03-08 01:30:00.5+00")));
    }

    private static Map<String, @Nullable Object> nulls(long id, String logTime) {
        Map<String, @Nullable Object> row = row(id, logTime, "");
        row.replaceAll((name, value) -> name.equals("log_time") || name.equals("id") ? value : null);
        return row;
    }

    @Test
    void windowsWithoutRowsCommitNothing() {
        shared.administer("delete from odd where id <> 5");
        shared.windowsOf(Duration.ofHours(1));
        try {
            TableSummary table = succeeded(attempt());
            assertThat(table.windows()).isGreaterThan(1);
            assertThat(table.unloaded()).isEqualTo(way.unloads() ? table.windows() : 0);
            TableSummary quiet = succeeded(run(shared::runTask, NOW.plusMinutes(50)));
            assertThat(quiet.windows()).as("the question for new rows answers").isZero();
            assertThat(quiet.complete()).isTrue();
            assertThat(quiet.rows()).isZero();
            assertThat(shared.table("odd").snapshots()).hasSize(1);
            assertThat(shared.rows("odd")).hasSize(1);
        } finally {
            shared.windowsOf(Duration.ofHours(6));
        }
    }

    @Test
    void taskThatFailsLeavesNothingAndTheNextRunBringsAllOnce() {
        assertThat(error(run(
                        (description, tasks) -> {
                            shared.runTask(description, tasks);
                            // no runtime exception: Spark throws others as well, without declaring them
                            throw new LinkageError("the executor is gone");
                        },
                        NOW)))
                .contains("the executor is gone");
        assertThat(shared.table("odd").currentSnapshot()).isNull();
        assertThat(staged()).isEmpty();

        succeeded(attempt());
        succeeded(attempt());
        assertThat(shared.rows("odd")).hasSize(5);
    }

    @Test
    void rowOutsideItsWindowIsNoticedAndNothingIsKept() {
        // a first export asks for the first row, which is in its window
        shared.export(
                List.of(odd("select case when id = 2 then endtime + interval '1 day' else endtime end as log_time,"
                        + " id from odd where endtime > :from and endtime <= :to")));
        assertThat(error(attempt()))
                .contains("odd: the query gave a row with log_time 2026-11-19T23:59:59.999999: expected one in (");
        assertThat(shared.table("odd").currentSnapshot()).isNull();
    }

    @Test
    void whatWasUnloadedHasToBeWhatTheManifestSays() {
        assumeThat(way.unloads()).isTrue();
        for (TamperingStore.Tampering tampering : TamperingStore.Tampering.values()) {
            shared.startAfresh();
            store.tamper(tampering);
            RunSummary summary = attempt();
            if (tampering.noticed.isEmpty()) {
                succeeded(summary);
            } else {
                assertThat(table(tampering, summary)).as(tampering.name()).contains(tampering.noticed);
                assertThat(shared.table("odd").currentSnapshot())
                        .as(tampering.name())
                        .isNull();
                assertThat(staged()).as(tampering.name()).isEmpty();
                store.tamper(TamperingStore.Tampering.NONE);
                succeeded(attempt());
            }
            assertThat(shared.rows("odd")).as(tampering.name()).hasSize(5);
        }
    }

    private static String table(TamperingStore.Tampering tampering, RunSummary summary) {
        return odd(summary).error().orElseThrow(() -> new AssertionError(tampering + " was not noticed"));
    }

    @Test
    void windowThatTurnsOutToBeLargeIsUnloadedInsteadOfFetched() {
        assumeThat(way).isEqualTo(SourceWay.JDBC_UNLOAD);
        unloadTo("s3://staging/" + staging, 3, shared);
        assertThat(succeeded(attempt()).unloaded()).as("three rows are few").isZero();
        shared.startAfresh();
        unloadTo("s3://staging/" + staging, 2, shared);
        assertThat(succeeded(attempt()).unloaded())
                .as("three rows are many, and are expected to be in the next window as well")
                .isEqualTo(2);
        assertThat(shared.rows("odd")).hasSize(5);
    }

    @Test
    void rowsAreFetchedWithANoteIfTheTempdirCannotBeWritten() {
        assumeThat(way.unloads()).isTrue();
        unloadTo("s3://no-such-bucket/x", way.fetchThreshold(), shared);
        TableSummary table = succeeded(attempt());
        assertThat(table.unloaded()).isZero();
        assertThat(table.notes()).singleElement().asString().contains("does not unload them: query refused by ");
        assertThat(shared.rows("odd")).hasSize(5);
    }

    @Test
    void queryWithABackslashIsFetched() {
        assumeThat(way.unloads()).isTrue();
        shared.export(List.of(odd("select endtime as log_time, id from odd where endtime > :from and endtime <= :to"
                + " and id::varchar <> '\\'")));
        assertThat(succeeded(attempt()).notes())
                .anySatisfy(note ->
                        assertThat(note).endsWith("contains a backslash, which has no unambiguous spelling in SQL"));
        assertThat(shared.rows("odd")).hasSize(5);
    }

    /** Names of the real catalogs, of each database over a connection of its own. */
    @Test
    void snapshotsOfNamesInEachDatabase() {
        shared.select("names");
        shared.export(Declarations.bundled().stream()
                .filter(export -> export.set() == ExportSet.NAMES)
                .toList());
        RunSummary summary = attempt();
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);

        String takenAt = NOW.minusMinutes(2).toString();
        assertThat(shared.rows("pg_user").stream()
                        .filter(row -> Integer.valueOf(107).equals(row.getField("usesysid")))
                        .map(row -> row.getField("log_time") + " " + row.getField("usename") + " "
                                + row.getField("usesuper")))
                .containsExactly(takenAt + " IAMR:o'neill false");
        assertThat(shared.rows("pg_database").stream().map(row -> row.getField("datname")))
                .containsExactlyInAnyOrder("dev", ODD_DATABASE);
        assertThat(shared.rows("pg_class").stream()
                        .filter(row -> "mart".equals(row.getField("schema_name")))
                        .map(row -> row.getField("log_time") + " " + row.getField("database_name") + " "
                                + row.getField("relid") + " " + row.getField("relname") + " "
                                + row.getField("relkind")))
                .containsExactlyInAnyOrder(
                        takenAt + " dev 123456 orders r", takenAt + " " + ODD_DATABASE + " 123456 Orders \"2026\" r");
        assertThat(summary.tables())
                .allSatisfy(table -> assertThat(table.unloaded()).isEqualTo(way.unloads() ? table.windows() : 0));
        assertThat(shared.rows("snapshots_taken").stream()
                        .map(row -> row.getField("table_name") + " " + row.getField("database_name")))
                .containsExactlyInAnyOrder(
                        "pg_user null",
                        "pg_database null",
                        "pg_class dev",
                        "pg_class " + ODD_DATABASE,
                        "pg_class null");
        RunSummary later = run(shared::runTask, NOW.plusHours(1));
        assertThat(later.tables())
                .allSatisfy(table -> assertThat(table.attempts()).isZero());
    }

    private List<String> staged() {
        return aws.s3().listObjectsV2(list -> list.bucket("staging").prefix(staging + "/")).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
