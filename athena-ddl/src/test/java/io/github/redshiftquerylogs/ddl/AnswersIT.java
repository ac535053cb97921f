package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.export.RecordTables;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs every view and every query on a lake that the packaged job has exported from two clusters, and compares the answers
 * with those that follow from {@link KnownLoad}.
 *
 * <p>One cluster was exported by the tables and queries of the first release; then the views were created, and the present job
 * has exported both clusters.
 *
 * <p>The jar has one declaration more than the build: {@link OneMoreTableTest#ADDED}. Its table is exported as the others.
 */
class AnswersIT {

    private static final String IDS = "select table_name, column_name, data_type from information_schema.columns"
            + " where table_schema = '" + ResourceNames.DATABASE + "' and column_name = 'query'";

    /** Created by DDL before the first run; the job creates the other tables. */
    private static final String MADE_BY_DDL = "stl_ddltext";

    @TempDir
    private static Path workFolder;

    @AutoClose
    private static ExportedLake lake;

    private static LocalDate today;

    @BeforeAll
    static void export() throws SQLException, IOException {
        today = LocalDate.now(ZoneOffset.UTC);
        lake = ExportedLake.start(
                workFolder,
                JobJar.with(OneMoreTableTest.ADDED, workFolder.resolve("job.jar")),
                JobJar.ofTheFirstRelease(workFolder.resolve("earlier.jar"), workFolder.resolve("first-release")));
        TrinoSession session = lake.session();
        // runs create the tables that they export; a deployment creates all
        Set<String> exported = OneMoreTableTest.exports().stream()
                .filter(export -> export.set() == ExportSet.CORE)
                .map(ExportDeclaration::name)
                .collect(Collectors.toSet());
        for (TableDefinition table : definitions()) {
            if (table.name().equals(MADE_BY_DDL) || !exported.contains(table.name())) {
                session.execute(new TrinoDdl(table)
                        .create(ResourceNames.DATABASE, ExportedLake.S3_PREFIX + "/data/" + table.name()));
            }
        }
        KnownLoad load = new KnownLoad(today);
        try (EmbeddedRedshift finance = ExportedLake.cluster(KnownLoad.FINANCE);
                EmbeddedRedshift product = ExportedLake.cluster(KnownLoad.PRODUCT)) {
            load.writeFinance(finance);
            load.writeProduct(product);
            lake.add(finance);
            lake.add(product);
            lake.requireSuccess(finance, lake.startEarlierJob(finance));
            assertThat(session.ask(IDS)).as("of the first release").contains(List.of("stl_scan", "query", "integer"));
            // as a deployment does before it creates views
            for (StatementColumn column : StatementColumn.values()) {
                session.execute("ALTER TABLE stl_query ADD COLUMN " + column.columnName() + " "
                        + (column.isNumber() ? "integer" : "varchar"));
            }
            // over the tables of the first release: the runs that follow widen them under the views
            createViews(session);
            writeOwnExports(finance, product);
            String one = lake.startJob(finance);
            String other = lake.startJob(product);
            lake.requireSuccess(finance, one);
            lake.requireSuccess(product, other);
        }
        assertThat(session.ask(IDS)).as("upgraded").contains(List.of("stl_scan", "query", "bigint"));
        replaceClusters(session, load);
        replaceRowCounts(session, load);
        replaceSealedDays(session, load);
        replaceQueryDays(session, load);
        for (String statement : SnapshotRows.statements(today)) {
            session.execute(statement);
        }
        SysLoad.serverless(today).insert(session, ResourceNames.DATABASE, definitions());
        OddLoad.rows(today).write(session, definitions());
        for (SqlFile view : ModuleFiles.viewsInOrder()) {
            session.executeIn(OddRows.SCHEMA, view.text());
        }
    }

    /** Own exports are files in a folder, and nothing else. One of them is wrong. */
    private static void writeOwnExports(EmbeddedRedshift... clusters) throws SQLException {
        for (EmbeddedRedshift cluster : clusters) {
            try (Connection admin = cluster.admin();
                    Statement statement = admin.createStatement()) {
                statement.execute("create table orders (id bigint, total numeric(12, 2), saletime timestamp)");
                statement.execute("insert into orders values (1, 9999.99, timestamp '" + today.minusDays(40)
                        + "'), (2, 2000.01, timestamp '" + today.minusDays(2) + "'), (3, 2000.00, timestamp '"
                        + today.minusDays(1) + "'), (4, 2500.50, timestamp '" + today.minusDays(1) + " 10:00:00')");
                statement.execute("grant select on orders to public");
            }
        }
        String own = """
                name: own_orders
                log_time_rule: saletime
                key: [id]
                reread: true
                sql: |
                  select saletime as log_time, id, total -- above $2,000
                  from orders
                  where total > 2000 and saletime > :from and saletime <= :to
                columns: [{name: id, type: bigint}, {name: total, type: string}]
                """;
        lake.putOwnExport("own_orders", own);
        lake.putOwnExport(
                "own_wrong", own.replace("own_orders", "own_wrong").replace("from orders", "from orders; drop"));
    }

    private static List<TableDefinition> definitions() {
        return Stream.concat(
                        OneMoreTableTest.exports().stream().map(TableDefinition::of),
                        RecordTables.definitions().stream())
                .toList();
    }

    /** Replaces the states that the runs have recorded, which lack a description, by those of {@link KnownLoad}. */
    private static void replaceClusters(TrinoSession session, KnownLoad load) throws SQLException {
        assertThat(session.ask("SELECT cluster_name, node_type FROM clusters ORDER BY cluster_name"))
                .containsExactly(
                        List.of("cluster_name", "node_type"),
                        List.of(KnownLoad.FINANCE, "null"),
                        List.of(KnownLoad.PRODUCT, "null"));
        session.execute("DELETE FROM clusters");
        session.execute("INSERT INTO clusters VALUES " + load.clusterRows());
    }

    /** Replaces the counts of the day before, which depend on the load, by those of {@link KnownLoad}. */
    private static void replaceRowCounts(TrinoSession session, KnownLoad load) throws SQLException {
        assertThat(session.ask("SELECT cluster_name, hour, sum(source_rows - lake_rows) FROM row_counts"
                        + " WHERE table_name = 'stl_query' AND hour IN (0, 23) GROUP BY 1, 2 ORDER BY 1, 2"))
                .as("every hour of a day is counted, and nothing is missing")
                .hasSize(5)
                .contains(List.of(KnownLoad.FINANCE, "0", "0"), List.of(KnownLoad.PRODUCT, "23", "0"));
        session.execute("DELETE FROM row_counts");
        session.execute("INSERT INTO row_counts VALUES " + load.rowCounts());
    }

    /** Replaces the entries of the runs, which depend on the load, by those of {@link KnownLoad}. */
    private static void replaceSealedDays(TrinoSession session, KnownLoad load) throws SQLException {
        assertThat(session.ask(
                        "SELECT state, sum(source_rows - lake_rows) FROM sealed_days WHERE table_name = 'stl_query'"
                                + " GROUP BY state ORDER BY state"))
                .as("each past day that the source still has is sealed, and nothing is missing")
                .containsExactly(List.of("state", "_col1"), List.of("never_sealed", "null"), List.of("sealed", "0"));
        session.execute("DELETE FROM sealed_days");
        session.execute("INSERT INTO sealed_days VALUES " + load.sealedDays());
    }

    /** Replaces the days that the runs have summarised by those of {@link KnownLoad}. */
    private static void replaceQueryDays(TrinoSession session, KnownLoad load) throws SQLException {
        assertThat(session.ask("SELECT count(*) > 2 FROM cluster_days_latest WHERE runs > 0"))
                .as("days with queries are summarised")
                .endsWith(List.of("true"));
        assertThat(session.ask("SELECT cluster_name, day, runs FROM cluster_days_latest WHERE runs > 0 EXCEPT"
                        + " SELECT cluster_name, CAST(log_time AS date), count(*) FROM stl_query GROUP BY 1, 2"))
                .as("with each run of a query")
                .hasSize(1);
        assertThat(session.ask("SELECT cluster_name, day, sum(runs) FROM query_days_latest GROUP BY 1, 2 EXCEPT"
                        + " SELECT cluster_name, day, runs FROM cluster_days_latest"))
                .as("the total is the sum of the groups")
                .hasSize(1);
        for (String statement : load.queryDays()) {
            session.execute(statement);
        }
    }

    private static void createViews(TrinoSession session) throws SQLException {
        for (SqlFile view : ModuleFiles.viewsInOrder()) {
            session.execute(view.text());
        }
        for (String statement : AwsSysTable.statements(today)) {
            session.execute(statement);
        }
        session.execute(AwsSysTable.view());
    }

    static List<SqlFile> queries() {
        return ModuleFiles.queries();
    }

    static List<String> viewAnswers() {
        return ExpectedAnswer.names("views");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queryHasTheExpectedAnswer(SqlFile query) throws SQLException {
        ExpectedAnswer expected = ExpectedAnswer.of(Path.of("queries", query.name() + ".txt"), today);
        assertThat(ExpectedAnswer.asText(lake.session().ask(query.text()))).isEqualTo(expected.answer());
    }

    @ParameterizedTest
    @MethodSource("viewAnswers")
    void viewHasTheExpectedRows(String view) throws SQLException {
        ExpectedAnswer expected = ExpectedAnswer.of(Path.of("views", view + ".txt"), today);
        assertThat(ExpectedAnswer.asText(lake.session().ask(expected.question())))
                .isEqualTo(expected.answer());
    }

    /** Negative controls: the rows that the joins of {@code nested_loops} keep apart. */
    @Test
    void joinWithoutTheClusterMixesClusters() throws SQLException {
        String mixing = ModuleFiles.query("nested_loops")
                .text()
                .replace("using (cluster_name, query, log_time)", "using (query, log_time)")
                .replace("select\n  cluster_name,", "select\n  q.cluster_name,");
        assertThat(lake.session().ask(mixing))
                .extracting(row -> row.get(0) + " " + row.get(1))
                .as("only finance had a nested loop")
                .containsExactly("cluster_name query", "finance 101", "product 101");
    }

    @Test
    void joinWithoutTheLogTimeMixesIdsThatBeganAgain() throws SQLException {
        String mixing = ModuleFiles.query("nested_loops")
                .text()
                .replace("using (cluster_name, query, log_time)", "using (cluster_name, query)")
                .replace("and log_time >=", "and q.log_time >=");
        assertThat(lake.session().ask(mixing))
                .extracting(row -> row.get(1) + " " + row.get(7))
                .as("counting customers needs no join")
                .containsExactly(
                        "query query_text",
                        "101 select sum(price) from sales where day = 1",
                        "101 select count(*) from customers");
    }

    /** A query that runs again under its id, after it was evicted for instance, has several rows in stl_query. */
    @ParameterizedTest
    @ValueSource(strings = {"queue_waits", "queue_resources_hourly"})
    void attemptsOfAnIdThatRanTwiceCountOnce(String query) throws SQLException {
        String sql = ModuleFiles.query(query).text();
        String twice = sql.replace("query_runs q", "(select * from query_runs union all select * from query_runs) q");
        assertThat(twice).isNotEqualTo(sql);
        assertThat(lake.session().ask(twice))
                .hasSizeGreaterThan(1)
                .isEqualTo(lake.session().ask(sql));
    }

    @Test
    void joinWithAllRowsOfAnIdShowsItsAttemptsTwice() throws SQLException {
        String attempts = "select w.cluster_name, w.query, w.queue_start_time from stl_wlm_query w join %s q"
                + " on q.cluster_name = w.cluster_name and q.query = w.query and q.xid = w.xid";
        List<List<String>> once = lake.session().ask(attempts.formatted("stl_query"));
        List<List<String>> twice =
                lake.session().ask(attempts.formatted("(select * from stl_query union all select * from stl_query)"));
        // the first line has the headings
        assertThat(twice).hasSize(2 * once.size() - 1);
    }

    /** A file has the bounds of these columns, so it is left out like one of another day. */
    private static final Set<String> TIMES = Set.of("log_time", "start_time", "end_time");

    /** Their history is read as a whole. */
    private static final Set<String> SMALL = Set.of("clusters", "pg_user", "pg_class", "snapshots_taken");

    /** Each table, small ones apart, has a constant lower bound of a time in the query's plan. */
    @ParameterizedTest
    @MethodSource("queries")
    void queryPrunesEveryTableThatItReads(SqlFile query) throws SQLException, IOException {
        assertThat(unbounded(query.text())).isEmpty();
    }

    @Test
    void queryThatReadsEverythingIsNoticed() throws SQLException, IOException {
        String sql = ModuleFiles.query("queue_waits").text();
        String oneSide =
                sql.lines().filter(line -> !line.contains("q.log_time >=")).collect(Collectors.joining("\n"));
        assertThat(unbounded(oneSide)).containsExactly("stl_query");
        assertThat(unbounded("select * from ddl_statements")).containsExactly("stl_ddltext");
    }

    /** A filter on log time or day reaches the tables that a view reads, except stl_wlm_query, whose times are its own. */
    @Test
    void filtersReachThroughViews() throws SQLException, IOException {
        for (String view : List.of("query_full_text", "ddl_statements", "utility_statements", "table_scans")) {
            assertThat(unbounded("select * from " + view + " where log_time >= date_add('day', -7, localtimestamp)"))
                    .as(view)
                    .isEmpty();
        }
        assertThat(unbounded("select * from wlm_queue_hourly where day >= current_date - interval '7' day"))
                .isEmpty();
        // small, as it gets rows only when a state changes
        assertThat(unbounded("select * from export_health where day >= current_date - interval '7' day"))
                .isNotEmpty()
                .containsOnly("export_states");
        assertThat(unbounded("select * from query_history where log_time >= date_add('day', -7, localtimestamp)"))
                .containsExactly("stl_wlm_query");
    }

    /** The reason for writing left joins with ON. */
    @Test
    void noFilterReachesThroughALeftJoinWithUsing() throws SQLException, IOException {
        String join =
                "select * from stl_query q left join (select distinct cluster_name, query, log_time from stl_scan) s ";
        String filter = " log_time >= date_add('day', -7, localtimestamp)";
        assertThat(unbounded(join + "using (cluster_name, query, log_time) where" + filter))
                .containsExactlyInAnyOrder("stl_query", "stl_scan");
        assertThat(unbounded(
                        join + "on s.cluster_name = q.cluster_name and s.query = q.query and s.log_time = q.log_time"
                                + " where q." + filter.strip()))
                .isEmpty();
    }

    private static List<String> unbounded(String sql) throws SQLException, IOException {
        List<String> tables = new ArrayList<>();
        for (JsonNode read : lake.session().tablesThatArePlannedToBeRead(sql)) {
            String table = read.path("table").path("schemaTable").path("table").asText();
            boolean bounded = false;
            for (JsonNode column : read.path("constraint").path("columnConstraints")) {
                if (TIMES.contains(column.path("columnName").asText())) {
                    for (JsonNode range : column.path("domain").path("ranges")) {
                        bounded |= range.path("low").hasNonNull("value");
                    }
                }
            }
            if (!bounded && !SMALL.contains(table)) {
                tables.add(table);
            }
        }
        return tables;
    }

    @Test
    void queryOfOneDayReadsOnlyThatDaysFiles() throws SQLException, IOException, InterruptedException {
        String day = today.minusDays(5).toString();
        List<String> files = lake.session()
                .ask("select count(*), sum(record_count) from \"stl_query$files\" where file_path like '%log_time_day="
                        + day + "/%'")
                .get(1);
        assertThat(files).as("a file of each cluster").containsExactly("2", "3");

        JsonNode oneDay = lake.session()
                .statisticsOf(
                        "select * from stl_query where log_time >= timestamp '%s 00:00:00' and log_time < timestamp '%s 00:00:00'"
                                .formatted(day, today.minusDays(4)));
        JsonNode allDays = lake.session().statisticsOf("select * from stl_query");

        assertThat(splits(oneDay)).isEqualTo(2);
        assertThat(oneDay.path("physicalInputPositions").asLong()).isEqualTo(3);
        assertThat(splits(allDays)).isGreaterThan(10);
        assertThat(allDays.path("physicalInputPositions").asLong()).isEqualTo(16);
    }

    @Test
    void queryOfTheLastDaysReadsOnlyTheirFiles() throws SQLException, IOException, InterruptedException {
        JsonNode lastDays = lake.session()
                .statisticsOf("select * from stl_query where log_time >= date_add('day', -7, localtimestamp)");
        assertThat(lastDays.path("physicalInputPositions").asLong())
                .as("without those of 8, 9, 10 and 40 days ago")
                .isEqualTo(12);
        for (String time : TIMES) {
            JsonNode ofSys = lake.session()
                    .statisticsOf("select * from sys_query_history where " + time
                            + " >= date_add('day', -7, localtimestamp)");
            assertThat(ofSys.path("physicalInputPositions").asLong()).as(time).isEqualTo(6);
        }
    }

    /** Waits, scans, spill, alerts and texts are read where they are selected only. */
    @Test
    void viewOfQueriesReadsNoTableForColumnsThatAreNotSelected() throws SQLException, IOException {
        String lastDays = " from queries where log_time >= date_add('day', -7, localtimestamp)"
                + " and day >= cast(date_add('day', -7, localtimestamp) as date)";
        assertThat(tablesOf("select query_id, elapsed_seconds, status, statement_text, user_name" + lastDays))
                .containsExactlyInAnyOrder("stl_query", "sys_query_history", "pg_user");
        assertThat(tablesOf("select full_text" + lastDays))
                .containsExactlyInAnyOrder(
                        "stl_query", "sys_query_history", "pg_user", "stl_querytext", "sys_query_text");
        assertThat(unbounded("select *" + lastDays)).containsExactly("stl_wlm_query");
        assertThat(unbounded("select count(*) from queries where log_time >= date_add('day', -7, localtimestamp)"))
                .as("without day")
                .containsOnly("sys_query_history");
    }

    private static Set<String> tablesOf(String sql) throws SQLException, IOException {
        Set<String> tables = new HashSet<>();
        lake.session()
                .tablesThatArePlannedToBeRead(sql)
                .forEach(read -> tables.add(
                        read.path("table").path("schemaTable").path("table").asText()));
        return tables;
    }

    private static long splits(JsonNode statistics) {
        long splits = 0;
        for (JsonNode operator : statistics.path("operatorSummaries")) {
            if (operator.path("operatorType").asText().contains("Scan")) {
                splits += operator.path("totalDrivers").asLong();
            }
        }
        return splits;
    }

    /** Trino cannot run Athena's statements; these are Trino's for the same definitions. */
    @Test
    void tablesMadeByDdlAreThoseThatTheJobMakes() throws SQLException, IOException {
        lake.session().execute("CREATE SCHEMA by_ddl");
        for (TableDefinition table : definitions()) {
            lake.session()
                    .execute(new TrinoDdl(table).create("by_ddl", ExportedLake.S3_PREFIX + "/by_ddl/" + table.name()));
            JsonNode byDdl = lake.shape("by_ddl", table.name());
            assertThat(byDdl.path("fields")).as(table.name()).hasSizeGreaterThan(4);
            assertThat(byDdl.path("partitions")).as(table.name()).hasSize(2);
            assertThat(byDdl).as(table.name()).isEqualTo(lake.shape(ResourceNames.DATABASE, table.name()));
        }
    }

    @Test
    void tableThatWasMadeByDdlHasThePropertiesOfTheJob() throws SQLException {
        assertThat(lake.session().ask("select key from \"" + MADE_BY_DDL + "$properties\""))
                .extracting(row -> row.get(0))
                .contains("redshift_query_logs.key", "redshift_query_logs.log_time", "commit.retry.num-retries");
    }

    /** A view is stale once a column that it gives has a wider type than when it was created. */
    @Test
    void noViewGivesAnIntegerThatATableMayWiden() throws SQLException {
        String integers = "select c.table_name, c.column_name from information_schema.columns c"
                + " where c.table_schema = '" + ResourceNames.DATABASE + "' and c.data_type in ('integer', 'real')"
                + " and c.table_name %s (select table_name from information_schema.views)";
        assertThat(lake.session().ask(integers.formatted("in"))).hasSize(1);
        assertThat(lake.session().ask(integers.formatted("not in"))).hasSizeGreaterThan(10);
    }

    /** One declaration more in the jar is one table more in the lake and in the view. */
    @Test
    void tableOfAnAddedDeclarationIsExportedAndInExportHealth() throws SQLException {
        assertThat(lake.session().ask("select cluster_name, xact_id, table_id from stl_undone order by 2, 3"))
                .containsExactly(
                        List.of("cluster_name", "xact_id", "table_id"),
                        List.of(KnownLoad.FINANCE, "1001", "1"),
                        List.of(KnownLoad.FINANCE, "1001", "2"),
                        List.of(KnownLoad.PRODUCT, "2001", "1"),
                        List.of(KnownLoad.PRODUCT, "2001", "2"));
        lake.session()
                .execute(ExportHealth.of(OneMoreTableTest.exports().stream()
                                .filter(ExportDeclaration::isLog)
                                .map(ExportDeclaration::name)
                                .toList())
                        .text()
                        .replace("VIEW export_health", "VIEW health_of_all"));
        assertThat(lake.session()
                        .ask("select cluster_name, day, row_count, newest from health_of_all"
                                + " where table_name = 'stl_undone' order by 1"))
                .containsExactly(
                        List.of("cluster_name", "day", "row_count", "newest"),
                        undone(KnownLoad.FINANCE),
                        undone(KnownLoad.PRODUCT));
        assertThat(lake.session().ask("select count(*) from health_of_all where table_name <> 'stl_undone'"))
                .isEqualTo(lake.session().ask("select count(*) from export_health"));
    }

    /** Orders above $2,000 of the last seven days. */
    @Test
    void ownExportIsInTheLakeAndInExportHealthAndAWrongOneIsNamed() throws SQLException {
        assertThat(lake.session().ask("select cluster_name, id, total, log_time from own_orders order by 1, 2"))
                .containsExactly(
                        List.of("cluster_name", "id", "total", "log_time"),
                        List.of(KnownLoad.FINANCE, "2", "2000.01", today.minusDays(2) + " 00:00:00.000000"),
                        List.of(KnownLoad.FINANCE, "4", "2500.50", today.minusDays(1) + " 10:00:00.000000"),
                        List.of(KnownLoad.PRODUCT, "2", "2000.01", today.minusDays(2) + " 00:00:00.000000"),
                        List.of(KnownLoad.PRODUCT, "4", "2500.50", today.minusDays(1) + " 10:00:00.000000"));
        assertThat(lake.session()
                        .ask(
                                "select table_name, day, row_count, newest, state from export_health where cluster_name = '"
                                        + KnownLoad.PRODUCT + "' and table_name like 'own%' order by 1, 2"))
                .containsExactly(
                        List.of("table_name", "day", "row_count", "newest", "state"),
                        List.of(
                                "own_orders",
                                today.minusDays(2).toString(),
                                "1",
                                today.minusDays(2) + " 00:00:00.000000",
                                "exported"),
                        List.of(
                                "own_orders",
                                today.minusDays(1).toString(),
                                "1",
                                today.minusDays(1) + " 10:00:00.000000",
                                "exported"),
                        List.of("own_wrong", "null", "0", "null", "broken"));
        assertThat(lake.session()
                        .ask("select distinct reason from export_health where table_name = 'own_wrong'")
                        .toString())
                .contains("own_wrong.yaml:7: sql has ';': expected one query without ';'");
    }

    @Test
    void exportsThatCannotBeReadAreInExportHealthAsTheyWereFoundLast() throws SQLException {
        lake.session()
                .execute("INSERT INTO export_states VALUES"
                        + " ('odd', timestamp '2026-11-01 00:00:00', 'stl_error', 'refused', 'expected a GRANT'),"
                        + " ('odd', timestamp '2026-11-02 00:00:00', 'stl_error', 'exported', null),"
                        + " ('odd', timestamp '2026-11-02 00:00:00', 'stl_vacuum', 'refused', 'expected a GRANT'),"
                        + " ('odd', timestamp '2026-11-02 00:00:00', 'stl_analyze', 'absent', null)");
        assertThat(lake.session()
                        .ask("select table_name, row_count, newest, source_rows, state, reason from export_health"
                                + " where day is null and cluster_name = 'odd' order by table_name"))
                .containsExactly(
                        List.of("table_name", "row_count", "newest", "source_rows", "state", "reason"),
                        List.of("stl_analyze", "0", "null", "null", "absent", "null"),
                        List.of("stl_vacuum", "0", "null", "null", "refused", "expected a GRANT"));
    }

    /** Rows of a question about the odd rows, of one cluster, without the heading. */
    private static List<String> odd(String cluster, String sql) throws SQLException {
        return lake.session().askIn(OddRows.SCHEMA, sql).stream()
                .filter(row -> row.contains(cluster))
                .map(row -> String.join(" | ", row))
                .toList();
    }

    private static List<String> oddAnswer(String cluster, String query) throws SQLException {
        return odd(cluster, ModuleFiles.query(query).text());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void noOddRowFailsAQuery(SqlFile query) throws SQLException {
        assertThat(lake.session().askIn(OddRows.SCHEMA, query.text())).isNotEmpty();
    }

    @Test
    void noOddRowFailsAView() throws SQLException {
        for (SqlFile view : ModuleFiles.viewsInOrder()) {
            assertThat(lake.session().askIn(OddRows.SCHEMA, "select * from " + view.name()))
                    .as(view.name())
                    .isNotEmpty();
        }
    }

    @Test
    void sentinelsAreNeitherOnTopNorInSums() throws SQLException {
        assertThat(oddAnswer("odd", "top_queries").get(0))
                .startsWith("odd | select ordinary from t | 1 | 0 | 7.0 | 7.0");
        assertThat(oddAnswer("odd", "top_queries"))
                .allMatch(row -> row.contains(" | 7.0 | 7.0 | ") || row.contains(" | null | null | "));
        assertThat(oddAnswer("odd", "busiest_users")).containsExactly("odd | 102 | null | 5 | 7.0 | 0 | 0.0");
        assertThat(odd(
                        "odd",
                        "select cluster_name, attempts, queue_seconds, longest_queue_seconds, exec_seconds, slot_seconds"
                                + " from wlm_queue_hourly"))
                .containsExactly("odd | 4 | 50.0 | 50.0 | 7.0 | 7.0");
        for (String query : List.of("queue_trend_daily", "queue_trend_hourly")) {
            assertThat(oddAnswer("odd", query)).singleElement().asString().contains(" | 50.0 | 50.0 | 7.0");
        }
        assertThat(oddAnswer("odd", "queue_resources_hourly"))
                .singleElement()
                .asString()
                .contains(" | 4 | 50.0 | 7.0 |");
    }

    @Test
    void numbersThatCannotBeAreLeftOut() throws SQLException {
        assertThat(odd(
                        "odd",
                        "select cluster_name, table_name, sum(rows_read), sum(ghost_rows), sum(rows_kept), sum(bytes)"
                                + " from table_scans group by 1, 2 order by 2"))
                .contains(
                        "odd | ordinary | 100 | 20 | 60 | 60",
                        "odd | empty | 0 | 0 | 0 | 0",
                        "odd | largest | 10 | 2 | 6 | 6");
        assertThat(oddAnswer("odd", "ghost_rows"))
                .containsExactly(
                        "odd | null | ordinary | 1 | 100 | 20 | 20.0 | 500",
                        "odd | null | largest | 1 | 10 | 2 | 20.0 | 502");
        assertThat(oddAnswer("odd", "unselective_scans"))
                .containsExactly(
                        "odd | null | ordinary | 1 | 0 | 100 | 60 | 60.0 | 500",
                        "odd | null | largest | 1 | 0 | 10 | 6 | 60.0 | 502");
    }

    /** In rows with derived columns and in those of an earlier release. */
    @ParameterizedTest
    @ValueSource(strings = {"writes", "writes-before"})
    void everyWriteIsFoundAtItsTable(String cluster) throws SQLException {
        assertThat(oddAnswer(cluster, "table_reads_and_writes"))
                .extracting(row -> row.split(" \\| ", -1)[1])
                .containsExactlyInAnyOrder(
                        "orders",
                        "order items",
                        "größe",
                        "customers",
                        "looker_facts",
                        "noted",
                        "multi_line",
                        "leading_break",
                        "tabbed",
                        "without_from",
                        "dim",
                        "#temp_stage",
                        "plain",
                        "loaded",
                        "updated",
                        "upper_case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "shapes-before"})
    void queriesThatDifferInLiteralsAreCompared(String cluster) throws SQLException {
        assertThat(oddAnswer(cluster, "slower_than_last_week"))
                .hasSize(OddLoad.SHAPES.size())
                .allMatch(row -> row.endsWith(" | 1 | 1 | 1.0 | 10.0 | 10.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top_queries", "top_queries_with_cursors"})
    void textsWithACommonBeginAreSeveral(String query) throws SQLException {
        assertThat(oddAnswer("dbt", query))
                .extracting(row -> row.split(" \\| ", -1)[1] + " " + row.replaceAll(".*\\| (\\d+\\.0) \\|.*", "$1"))
                .containsExactly(
                        "create table big as select 1 600.0",
                        "create table small as select 1 10.0",
                        "create table tiny as select 1 5.0");
    }

    @Test
    void fullTextHasTabsReturnsAndLineBreaks() throws SQLException {
        assertThat(odd("dbt", "select cluster_name, full_text from query_full_text"))
                .containsExactly("dbt | select\ta,\r\nb from t");
    }

    @Test
    void statementsOfOneMicrosecondAreNotGlued() throws SQLException {
        assertThat(
                        odd(
                                "texts",
                                "select cluster_name, xid, complete, statement_text, statement_kind from ddl_statements order by 2, 4"))
                .containsExactly(
                        "texts | 700 | true | create table one (a int) | create table",
                        "texts | 700 | true | create table two (b int) | create table",
                        "texts | 701 | false | create table four (b int) | create table",
                        "texts | 701 | false | create table three ( | create table");
    }

    @Test
    void grantsAreFoundBehindComments() throws SQLException {
        assertThat(oddAnswer("texts", "privilege_changes"))
                .extracting(row -> row.split(" \\| ", -1)[4])
                .containsExactly(
                        "GRANT select on g to h",
                        "grant select on a to b",
                        "grant select on c to d",
                        "revoke all on e from f");
    }

    @Test
    void temporaryTablesOfThePlannerAreLeftOutAndTablesAreToldApartById() throws SQLException {
        assertThat(oddAnswer("planner", "alerts_by_table")).isEmpty();
        assertThat(oddAnswer("planner", "hot_tables"))
                .singleElement()
                .asString()
                .startsWith("planner | null | orders | 1 | 1 | 9");
        assertThat(oddAnswer("planner", "unscanned_tables"))
                .singleElement()
                .asString()
                .startsWith("planner | null | orders | 1 | ")
                .endsWith(" | 777 | true");
        assertThat(oddAnswer("planner", "missing_statistics"))
                .singleElement()
                .asString()
                .startsWith("planner | ----- Tables missing statistics: orders ----- | 1");
        assertThat(oddAnswer("planner", "filtered_columns"))
                .containsExactly("planner | order items | Filter: ((name)::text = ?) AND (c1 > ?) | 1 | 1");
    }

    @Test
    void fetchCountsForItsOwnCursorAndLife() throws SQLException {
        assertThat(oddAnswer("cursors", "top_queries_with_cursors"))
                .containsExactly(
                        "cursors | cursor for select a from life_2 | 1 | 10.0 | 1",
                        "cursors | cursor for select a from life_6 | 1 | 10.0 | 1",
                        "cursors | cursor for select b from life_2 | 1 | 5.0 | 2",
                        "cursors | cursor for select b from life_6 | 1 | 5.0 | 2");
    }

    @Test
    void attemptsOfTwoLivesOfAClusterAreNotMixed() throws SQLException {
        assertThat(
                        odd(
                                "lives",
                                "select cluster_name, elapsed_seconds, queue_seconds, attempts from query_history order by log_time"))
                .containsExactly("lives | 60.0 | 6.0 | 1", "lives | 20.0 | 2.0 | 1");
        assertThat(oddAnswer("lives", "queue_waits"))
                .extracting(row -> row.split(" \\| ", -1)[4] + " " + row.split(" \\| ", -1)[7])
                .containsExactly("6.0 select life_6 from t", "2.0 select life_2 from t");
    }

    @Test
    void eachResizeIsComparedWithItsNeighboursOnly() throws SQLException {
        List<String> changes = oddAnswer("resized", "before_and_after_resize");
        assertThat(changes).hasSize(11);
        assertThat(changes)
                .allMatch(row -> row.contains("18:00:00")
                        ? row.endsWith(" x 8 | ra3.4xlarge x 4 | 4 | 4 | 10.0 | 20.0 | 10.0 | 20.0")
                        : row.endsWith(" x 4 | ra3.4xlarge x 8 | 4 | 4 | 20.0 | 10.0 | 20.0 | 10.0"));
    }

    @Test
    void runThatBothFamiliesHaveIsOneRow() throws SQLException {
        assertThat(both("queries"))
                .containsExactly(
                        "sys 9001",
                        "sys 9002",
                        "sys 9004",
                        "stl 5",
                        "sys 9006",
                        "sys 9007",
                        "stl 8",
                        "stl 9",
                        "stl 10",
                        "sys 9011");
        assertThat(odd("both-other", "select cluster_name, source, query_id from queries"))
                .containsExactly("both-other | stl | 1");
        assertThat(oddAnswer(SysLoad.BOTH, "ddl_history"))
                .extracting(row -> row.replaceAll(".*\\| (\\d+) \\| ", "$1 "))
                .containsExactly(
                        "30 create table t1 (a int)",
                        "31 drop table t2",
                        "32 drop table t3",
                        "30 drop table t1",
                        "30 create table t1 (a int)");
        assertThat(oddAnswer(SysLoad.BOTH, "privilege_changes"))
                .extracting(row -> row.replaceAll(".*\\| ", ""))
                .containsExactly("grant select on t1 to a", "revoke all on t1 from b");
    }

    /** Negative controls: what each part of the comparison is for. */
    @Test
    void runsAreLostOrDoubledWithoutAPartOfTheComparison() throws SQLException {
        String view = ModuleFiles.viewsInOrder().stream()
                .filter(candidate -> candidate.name().equals("queries"))
                .map(SqlFile::text)
                .findFirst()
                .orElseThrow();
        assertThat(both(view, "\n    AND h.start_time <= q.endtime AND h.end_time >= q.starttime", ""))
                .as("by transaction only: the next query of a transaction is lost")
                .doesNotContain("stl 5");
        assertThat(both(view, " AND h.xid = q.xid", "")).as("by time only").doesNotContain("stl 9");
        assertThat(both(view, "CAST(start_time AS date) AS day", "CAST(end_time AS date) AS day"))
                .as("by the day of the end only")
                .contains("stl 6");
        assertThat(both(
                        view,
                        "CAST(end_time AS date) AS day, transaction_id",
                        "CAST(log_time AS date) AS day, transaction_id"))
                .as("by the day of log_time, which of an unknown status is another one")
                .contains("stl 7");
    }

    private static List<String> both(String view, String part, String other) throws SQLException {
        String changed = view.replace("VIEW queries", "VIEW compared_otherwise").replace(part, other);
        assertThat(changed).isNotEqualTo(view.replace("VIEW queries", "VIEW compared_otherwise"));
        lake.session().executeIn(OddRows.SCHEMA, changed);
        return both("compared_otherwise");
    }

    private static List<String> both(String view) throws SQLException {
        return odd(
                        SysLoad.BOTH,
                        "select cluster_name, source, query_id from " + view
                                + " where category = 'query' order by query_id % 9000")
                .stream()
                .map(row -> row.substring(SysLoad.BOTH.length() + 3).replace(" | ", " "))
                .toList();
    }

    /** The tables of most columns are empty or have odd rows in some clusters. */
    @Test
    void noRunIsLostOrDoubledByAJoin() throws SQLException {
        List<List<String>> runs = lake.session()
                .askIn(
                        OddRows.SCHEMA,
                        "select cluster_name, query_id, q.* from queries q where cluster_name <> '" + SysLoad.BOTH
                                + "'");
        assertThat(runs.stream().skip(1).map(row -> row.subList(0, 2)))
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(lake
                        .session()
                        .askIn(
                                OddRows.SCHEMA,
                                "select cluster_name, query from stl_query where cluster_name <> '" + SysLoad.BOTH
                                        + "'")
                        .stream()
                        .skip(1)
                        .toList());
    }

    private static List<String> undone(String cluster) {
        String day = today.minusDays(5).toString();
        return List.of(cluster, day, "2", day + " 10:00:00.000000");
    }
}
