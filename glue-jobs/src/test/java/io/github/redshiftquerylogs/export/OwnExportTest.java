package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.DeclarationFolder;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.OwnDeclarations;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
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
import io.github.redshiftquerylogs.transfer.WindowTasks;
import io.github.redshiftquerylogs.watermark.InMemoryExportState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Own exports beside one of this project, in a lake and a cluster in memory. */
class OwnExportTest {

    private static final ClusterName CLUSTER = new ClusterName("product-warehouse");
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-20T12:00:00");

    private final FakeCluster cluster = new FakeCluster(NOW);
    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "db", "memory://lake");
    private final InMemoryExportState state = new InMemoryExportState();
    private final SortedMap<String, String> folder = new TreeMap<>();
    private boolean readable = true;
    private String list = "core,own";
    private int runs;

    /** Writing one file is all that an own export takes. */
    private void write(String name, String more) {
        folder.put(name + ".yaml", """
                name: %s
                log_time_rule: log_time
                key: [id]
                reread: true
                sql: select log_time, id from log where log_time > :from and log_time <= :to
                columns: [{name: id, type: integer}]
                %s
                """.formatted(name, more));
    }

    private KnownExports known() {
        KnownExports bundled = KnownExports.of(List.of(Declarations.parse("""
                name: log
                set: core
                log_time_rule: log_time
                key: [id]
                reread: true
                sql: select log_time, id from log where log_time > :from and log_time <= :to
                columns: [{name: id, type: integer}]
                """, "log")));
        try {
            return bundled.with(
                    OwnDeclarations.in(new DeclarationFolder() {
                        @Override
                        public SortedMap<String, Long> files() throws IOException {
                            if (!readable) {
                                throw new IOException("access denied");
                            }
                            SortedMap<String, Long> files = new TreeMap<>();
                            folder.forEach((name, content) -> files.put(name, (long) content.length()));
                            return files;
                        }

                        @Override
                        public byte[] content(String file) {
                            return folder.getOrDefault(file, "").getBytes(StandardCharsets.UTF_8);
                        }
                    }),
                    "s3://b/exports/own");
        } catch (IOException e) {
            return bundled.unread("s3://b/exports/own", String.valueOf(e.getMessage()));
        }
    }

    private RunSummary run(LocalDateTime now) {
        cluster.clock(now);
        RunPorts ports = new RunPorts(
                new TransferPorts(
                        cluster,
                        new Unloading("s3://nowhere", "default", Optional.empty(), ReadingPlan.FETCH_THRESHOLD),
                        (description, tasks) -> tasks.stream()
                                .map(task -> WindowTasks.Result.of(task, 0, 0))
                                .toList()),
                lake,
                state,
                (cluster, day, groups) -> {},
                new PlainRewriter(),
                Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        return new ExportRun(
                        JobArguments.of(CLUSTER, "db", "unused"),
                        "run-" + ++runs,
                        known(),
                        List.of(ExportList.parse("exports", list)),
                        Optional.empty(),
                        ports)
                .run();
    }

    private RunSummary successful(LocalDateTime now) {
        RunSummary summary = run(now);
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return summary;
    }

    private static TableSummary table(RunSummary summary, String name) {
        return summary.tables().stream()
                .filter(table -> table.table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Record> rows(String table) {
        TableIdentifier name = TableIdentifier.of("db", table);
        return catalog.tableExists(name) ? TestingLake.rows(catalog.loadTable(name)) : List.of();
    }

    private List<Object> ids(String table) {
        return rows(table).stream().map(row -> row.getField("id")).sorted().toList();
    }

    /** Records of export_days, as texts. */
    private List<String> days() {
        return rows("export_days").stream()
                .map(row -> row.getField("export") + " " + row.getField("day") + " " + row.getField("row_count") + " "
                        + row.getField("newest"))
                .sorted()
                .toList();
    }

    @BeforeEach
    void write() {
        cluster.add(LocalDateTime.parse("2024-01-01T00:00:00"), 1);
        cluster.add(LocalDateTime.parse("2026-11-10T00:00:00"), 2);
        cluster.add(LocalDateTime.parse("2026-11-15T08:00:00"), 3);
        cluster.add(LocalDateTime.parse("2026-11-20T09:00:00"), 4);
        cluster.add(LocalDateTime.parse("2026-11-20T10:00:00"), 5);
    }

    @Test
    void firstExportBeginsSevenDaysBeforeOrWhereTheDeclarationSays() {
        write("own_recent", "");
        write("own_older", "since: 2026-11-10");
        write("own_later", "since: 2026-12-01");
        RunSummary summary = successful(NOW);
        assertThat(ids("own_recent")).containsExactly(3, 4, 5);
        assertThat(ids("own_older")).as("a row at the beginning counts").containsExactly(2, 3, 4, 5);
        assertThat(ids("own_later")).isEmpty();
        assertThat(table(summary, "own_later").complete()).isTrue();
        assertThat(ids("log")).as("all that the source shows").containsExactly(1, 2, 3, 4, 5);
        cluster.add(NOW.plusHours(1), 6);
        successful(NOW.plusHours(2));
        assertThat(ids("own_recent")).containsExactly(3, 4, 5, 6);
        assertThat(ids("own_older")).containsExactly(2, 3, 4, 5, 6);
        assertThat(ids("own_later")).isEmpty();
    }

    @Test
    void tableWhoseRowsAreAllOlderIsQuiet() {
        write("own_quiet", "since: 2026-11-21");
        cluster.add(NOW.plusDays(2), 6);
        successful(NOW.plusDays(1));
        RunSummary summary = successful(NOW.plusDays(1).plusHours(1));
        assertThat(ids("own_quiet")).isEmpty();
        assertThat(table(summary, "own_quiet").complete()).isTrue();
        successful(NOW.plusDays(3));
        assertThat(ids("own_quiet")).containsExactly(6);
    }

    @Test
    void whatTheLakeHasOfThemIsRecordedByDay() {
        write("own_orders", "");
        successful(NOW);
        assertThat(days())
                .containsExactly(
                        "own_orders 2026-11-15 1 2026-11-15T08:00", "own_orders 2026-11-20 2 2026-11-20T10:00");
        successful(NOW.plusMinutes(10));
        assertThat(days()).as("nothing new").hasSize(2);
        cluster.add(NOW.plusHours(1), 6);
        cluster.add(NOW.plusHours(20), 7);
        successful(NOW.plusDays(1));
        assertThat(days())
                .hasSize(4)
                .contains("own_orders 2026-11-20 3 2026-11-20T13:00", "own_orders 2026-11-21 1 2026-11-21T08:00");
    }

    @Test
    void rowsOfARunThatEndedBeforeItRecordedThemAreRecordedByTheNextOne() {
        write("own_orders", "");
        catalog.disturb(commit -> {
            commit.run();
            if (catalog.tableExists(TableIdentifier.of("db", "own_orders"))
                    && ids("own_orders").size() == 3) {
                throw new IllegalStateException("the job ended");
            }
        });
        run(NOW);
        assertThat(ids("own_orders")).containsExactly(3, 4, 5);
        assertThat(days()).isEmpty();
        catalog.disturb(Runnable::run);
        successful(NOW.plusMinutes(10));
        assertThat(days()).hasSize(2);
    }

    @Test
    void brokenDeclarationDisablesOnlyItselfAndIsNamed() {
        write("own_orders", "");
        write("own_broken", "colour: red");
        RunSummary summary = successful(NOW);
        assertThat(ids("own_orders")).hasSize(3);
        assertThat(ids("log")).hasSize(5);
        Unavailable broken = table(summary, "own_broken").unavailable().orElseThrow();
        assertThat(broken.state()).isEqualTo(Unavailable.State.BROKEN);
        assertThat(broken.reason())
                .startsWith("its declaration is wrong: own_broken.yaml:7: field 'colour' is unknown");
        assertThat(summary.toJson()).contains("\"table\":\"own_broken\"", "\"state\":\"broken\"");
        assertThat(state.exports(CLUSTER).refused()).containsOnlyKeys("own_broken");
        assertThat(rows("export_states")).anySatisfy(row -> {
            assertThat(row.getField("export")).isEqualTo("own_broken");
            assertThat(row.getField("state")).isEqualTo("broken");
            assertThat(row.getField("reason").toString()).contains("field 'colour' is unknown");
        });
        write("own_broken", "");
        successful(NOW.plusMinutes(10));
        assertThat(ids("own_broken")).as("repaired").hasSize(3);
        assertThat(state.exports(CLUSTER).refused()).isEmpty();
    }

    @Test
    void folderThatCannotBeReadDisablesOnlyOwnExportsAndTheirLagGrows() {
        write("own_orders", "");
        list = "core,own_orders";
        successful(NOW);
        cluster.add(NOW.plusHours(1), 6);
        readable = false;
        RunSummary summary = successful(NOW.plusHours(2));
        assertThat(ids("log")).hasSize(6);
        assertThat(ids("own_orders")).hasSize(3);
        assertThat(summary.source().orElseThrow().notes())
                .contains("own exports were not exported, because s3://b/exports/own could not be read: access denied");
        assertThat(state.exports(CLUSTER).selected()).containsOnlyKeys("log", "own_orders");
        readable = true;
        successful(NOW.plusHours(3));
        assertThat(ids("own_orders")).hasSize(4);
    }

    @Test
    void ownSnapshotIsTakenOncePerPeriodAndRecordedByDay() {
        folder.put("own_objects.yaml", """
                name: own_objects
                kind: snapshot
                every: 6 hours
                key: [id]
                sql: %s
                columns: [{name: database_name, type: string}, {name: id, type: integer}]
                """.formatted(FakeCluster.OBJECTS));
        cluster.objects("dev").addAll(List.of(1, 2));
        successful(NOW);
        successful(NOW.plusMinutes(1));
        assertThat(ids("own_objects")).as("until noon").containsExactly(1, 2);
        cluster.objects("dev").add(3);
        successful(NOW.plusHours(1));
        assertThat(ids("own_objects")).as("after noon").containsExactly(1, 1, 2, 2, 3);
        assertThat(days())
                .containsExactly(
                        "own_objects 2026-11-20 2 2026-11-20T11:58", "own_objects 2026-11-20 5 2026-11-20T12:58");
    }

    @Test
    void limitedToOtherClustersItIsNotExported() {
        write("own_orders", "clusters: [finance]");
        assertThat(successful(NOW).tables()).extracting(TableSummary::table).containsExactly("log");
    }

    @Test
    void clusterDescribesTheQueryBeforeAnythingIsRead() {
        write("own_orders", "");
        List<String> asked = new ArrayList<>();
        cluster.interfere(sql -> {
            if (sql.contains(") own")) {
                asked.add(sql);
                if (sql.endsWith("limit 0")) {
                    throw SourceException.ofReply(
                            FailureCategory.SETTINGS, "query refused", "42601", true, "syntax error");
                }
            }
        });
        RunSummary summary = run(NOW);
        assertThat(table(summary, "own_orders").error()).isPresent();
        assertThat(asked).singleElement().asString().startsWith("select * from (select * from (\n");
        assertThat(ids("log")).as("the others are exported").hasSize(5);
        assertThat(rows("own_orders")).isEmpty();
    }

    @Test
    void ownTablesSayNothingAboutSystemTables() {
        write("own_orders", "");
        successful(NOW);
        // the cluster shows no row of the log any more, but rows of the own table, which is no proof
        cluster.add(NOW.plusMinutes(30), 6);
        List<String> others = new ArrayList<>();
        cluster.interfere(sql -> {
            if (sql.contains(") own") && sql.startsWith("select min(")) {
                others.add(sql);
            }
        });
        cluster.shows(false);
        RunSummary summary = successful(NOW.plusHours(1));
        assertThat(table(summary, "log").rows()).isZero();
        assertThat(others).as("asked for the own export itself only").hasSizeLessThanOrEqualTo(1);
        cluster.shows(true);
        successful(NOW.plusHours(2));
        assertThat(ids("log")).contains(6);
        assertThat(ids("own_orders")).contains(6);
        Table days = catalog.loadTable(TableIdentifier.of("db", "export_days"));
        assertThat(TestingLake.rows(days)).isNotEmpty();
    }
}
