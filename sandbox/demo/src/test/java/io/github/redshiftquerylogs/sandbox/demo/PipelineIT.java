package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretForms;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeRows;
import io.github.redshiftquerylogs.sandbox.demo.ask.Question;
import io.github.redshiftquerylogs.sandbox.demo.ask.Questions;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Deployment;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole pipeline with real processes: clusters under load, the Lambda, job processes, the lake read by Trino. It runs
 * once. The tests check its results; the last one damages the lake and expects that the check reports it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {

    @TempDir
    private static Path folder;

    private static final ByteArrayOutputStream TERMINAL = new ByteArrayOutputStream();
    private static final Summary SUMMARY = new Summary();
    private static final List<List<RunReport>> TICKS = new ArrayList<>();

    private static final int SEALED_DAYS = 1;
    private static final int OWN_EXPORTS = 2;
    private static final int NAMES = 3;

    private static final String LONG_QUERY = """
            select %s from %s where cluster_name = 'product-warehouse'
            and endtime - starttime >= interval '40' minute and log_time > timestamp '%s'
            """;

    private static Demonstration demonstration;
    private static LocalDateTime loadBegan;
    private static @Nullable String longQuery;
    private static LakeReader lake;
    private static CheckReport report;

    @BeforeAll
    static void run() throws Exception {
        System.setProperty("demo.log", folder.resolve("lambda.log").toString());
        // another test of this process may have opened the Lambda's log in another folder
        Configurator.reconfigure();
        Progress progress = new Progress(new PrintStream(TERMINAL, true, StandardCharsets.UTF_8), false);
        demonstration = Demonstration.start(
                folder, Checkout.find(Path.of("")), Optional.empty(), progress, Duration.ofHours(9));
        demonstration.addClusters(ClusterPlan.of(
                "product-warehouse", ClusterKind.LOOKED_UP, SystemTables.tables(Patch.NEWER), "core,own", 11));
        tick(demonstration.tick());
        demonstration.addClusters(ClusterPlan.of(
                "category_management", ClusterKind.DATA_API, SystemTables.tables(Patch.OLDER), "core,names", 12));
        loadBegan = demonstration.clusters().get(0).now();
        demonstration.load();
        tick(demonstration.settle());
        lake = demonstration.openLake();
        longQuery = lake.single(LONG_QUERY.formatted(
                "min(query)", "stl_query", loadBegan.toString().replace('T', ' ')));
        report = demonstration.check(lake);
        SUMMARY.check(report);
        SUMMARY.write(folder);
    }

    private static void tick(List<RunReport> reports) {
        TICKS.add(reports);
        SUMMARY.tick(reports);
    }

    @AfterAll
    static void stop() {
        if (demonstration != null) {
            demonstration.close();
        }
    }

    @Test
    @Order(1)
    void everythingThatTheClustersLoggedIsInTheLakeOnce() {
        assertThat(report.tables())
                .hasSize(2 * (SystemTables.tables(Patch.NEWER).size() + SEALED_DAYS) + OWN_EXPORTS + NAMES)
                .allSatisfy(table -> {
                    assertThat(table.problems())
                            .as("%s %s", table.cluster(), table.table())
                            .isEmpty();
                    assertThat(table.rows())
                            .as("%s %s", table.cluster(), table.table())
                            .isPositive();
                });
        assertThat(report.passed()).isTrue();
        assertThat(report.notCompared()).isEmpty();
        assertThat(report.render())
                .containsPattern("category_management +pg_user +\\d+ +yes")
                .containsPattern("product-warehouse +own_open_orders +2 +yes")
                .containsPattern("\\d{5,} rows in 23 tables of 2 clusters were compared");
    }

    @Test
    @Order(1)
    void queryOf40MinutesThatEndedBetweenTwoTicksCameWithTheNextOneWithAllItsRows() throws SQLException {
        assertThat(longQuery).as("exported by the tick after its end").isNotNull();
        for (String table : List.of(
                "stl_query", "stl_querytext", "stl_explain", "stl_scan", "stl_alert_event_log", "stl_wlm_query")) {
            assertThat(lake.single("select count(*) from " + table
                            + " where cluster_name = 'product-warehouse' and query = " + longQuery))
                    .as(table)
                    .isNotEqualTo("0");
        }
        assertThat(lake.single("select count(*) from stl_query where cluster_name = 'product-warehouse'"
                        + " and starttime > (select min(starttime) from stl_query where cluster_name ="
                        + " 'product-warehouse' and query = " + longQuery + ") and log_time < timestamp '"
                        + String.valueOf(loadBegan).replace('T', ' ') + "'"))
                .as("queries that began later and were exported before")
                .isNotEqualTo("0");
    }

    @Test
    @Order(1)
    void clusterThatWasAddedByParametersIsExportedByTheNextTick() {
        assertThat(TICKS.get(0)).extracting(RunReport::cluster).containsExactly("product-warehouse");
        assertThat(TICKS.get(1))
                .extracting(RunReport::cluster)
                .containsExactly("category_management", "product-warehouse");
        assertThat(TICKS).allSatisfy(tick -> assertThat(tick).allMatch(RunReport::succeeded));
        assertThat(TICKS.get(1).get(0).rows()).as("its backlog").isGreaterThan(1000);
    }

    @Test
    @Order(1)
    void oneStartJobRunPerClusterAndTickAndOneCreateJobPerCluster() {
        assertThat(demonstration.sandbox().aws().endpoint().callCount("StartJobRun"))
                .isEqualTo(3);
        assertThat(demonstration.sandbox().aws().endpoint().callCount("CreateJob"))
                .isEqualTo(2);
    }

    @Test
    @Order(1)
    void eachClusterIsReachedInItsOwnWay() {
        LocalAws aws = demonstration.sandbox().aws();
        assertThat(aws.ssm()
                        .getParameter(request -> request.name("redshift_query_logs.product-warehouse.connection"))
                        .parameter()
                        .value())
                .as("looked up and recorded by the Lambda")
                .isEqualTo("product-warehouse_rs_query_logs");
        assertThat(aws.endpoint().calls())
                .filteredOn(call -> call.operation().equals("BatchExecuteStatement"))
                .as("UNLOADs by the Data API")
                .anyMatch(call -> call.body().toLowerCase(Locale.ROOT).contains("unload"))
                .allMatch(call -> call.body().contains("category-management"));
        assertThat(aws.s3()
                        .listObjectsV2(
                                request -> request.bucket(Deployment.BUCKET).prefix("temp/"))
                        .contents())
                .as("what is left of UNLOADs")
                .isEmpty();
    }

    @Test
    @Order(1)
    void fiveQuestionsHaveAnswersFromAllClusters() throws SQLException {
        for (Question question : Questions.of(Checkout.find(Path.of(""))).five()) {
            String answer = lake.answer(question.sql(), 50).render();
            assertThat(answer).as(question.name()).contains("product-warehouse", "category_management");
        }
    }

    @Test
    @Order(1)
    void ownExportIsInTheHealthOfTheExport() throws SQLException {
        assertThat(lake.single("select sum(row_count) from export_health where table_name = 'own_large_orders'"))
                .isEqualTo(lake.single("select count(*) from own_large_orders"))
                .isNotEqualTo("0");
    }

    /** By the class of the packaged job that reads such folders. */
    @Test
    @Order(1)
    void ownExportsAreCheckedByTheCommand() throws IOException {
        StringWriter output = new StringWriter();
        CommandLine command =
                DemoCommand.commandLine((options, outputFolder, progress) -> 0).setOut(new PrintWriter(output));
        Path examples = Checkout.find(Path.of("")).root().resolve("examples/exports");
        assertThat(command.execute("exports", "check", examples.toString())).isZero();
        assertThat(output.toString()).contains("ok: own_large_orders");
        Path wrong = Files.createDirectory(folder.resolve("wrong"));
        Files.writeString(
                wrong.resolve("own_large_orders.yaml"),
                Files.readString(examples.resolve("own_large_orders.yaml"))
                        .replace("from orders", "from orders; drop"));
        assertThat(command.execute("exports", "check", wrong.toString())).isOne();
        assertThat(output.toString())
                .contains(wrong + "/own_large_orders.yaml:15: sql has ';': expected one query without ';'")
                .contains("1 of 1 own exports are broken");
    }

    @Test
    @Order(1)
    void noPasswordIsAnywhere() throws Exception {
        List<String> forms = new ArrayList<>();
        for (SandboxCluster cluster : demonstration.clusters()) {
            forms.addAll(SecretForms.of(SandboxCluster.USER, cluster.password()).forms());
        }
        assertThat(TERMINAL.toString(StandardCharsets.UTF_8)).doesNotContain(forms);
        assertThat(demonstration
                        .sandbox()
                        .aws()
                        .dynamoDb()
                        .scan(request -> request.tableName(ResourceNames.STATE_TABLE))
                        .items()
                        .toString())
                .doesNotContain(forms);
        assertThat(demonstration
                        .sandbox()
                        .aws()
                        .glue()
                        .getJobs(request -> {})
                        .jobs()
                        .toString())
                .contains("--cluster_name")
                .doesNotContain(forms);
        for (SandboxCluster cluster : demonstration.clusters()) {
            assertThat(demonstration
                            .sandbox()
                            .aws()
                            .glue()
                            .getJobRuns(request -> request.jobName(ResourceNames.job(cluster.name())))
                            .jobRuns()
                            .toString())
                    .doesNotContain(forms);
        }
        for (SystemTable table : SystemTables.tables(Patch.NEWER)) {
            LakeRows rows = lake.rows(table.name(), table.columns());
            assertThat(rows.clusters()).hasSize(2);
            rows.clusters()
                    .forEach(cluster ->
                            assertThat(rows.of(cluster).keySet().toString()).doesNotContain(forms));
        }
        for (Path file : files()) {
            // each byte as a character, because files may have any content
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            forms.forEach(form ->
                    assertThat(text.contains(form)).as("%s in %s", form, file).isFalse());
        }
        assertThat(files())
                .as("logs and summary were searched")
                .anyMatch(file -> file.endsWith("summary.json"))
                .anyMatch(file -> file.endsWith("lambda.log"))
                .anyMatch(file -> file.toString().contains("/runs/jr_"));
    }

    @Test
    @Order(2)
    void damageIsNoticed() throws SQLException {
        String query = anyQuery();
        String ofQuery = " where cluster_name = 'product-warehouse' and query = " + query;
        lake.execute("delete from stl_query" + ofQuery);
        lake.execute("insert into stl_explain select * from stl_explain" + ofQuery + " and nodeid = 1");
        // a blank at the end of a fragment
        lake.execute("update stl_querytext set text = rtrim(text)" + ofQuery + " and sequence = 0");
        lake.execute("delete from pg_user where usename = 'etl'");
        lake.execute("delete from own_large_orders where orderid = (select min(orderid) from own_large_orders)");
        lake.execute("delete from own_open_orders");

        CheckReport damaged = demonstration.check(lake);

        assertThat(damaged.passed()).isFalse();
        assertThat(damaged.render())
                .contains("product-warehouse stl_query: 1 rows in the ledger and not in the lake")
                .contains("product-warehouse stl_query: 1 rows in the source and not in the lake")
                .contains(
                        "product-warehouse stl_query: 1 commits are 'overwrite': expected appends and compactions only")
                .contains("product-warehouse stl_explain: 1 rows in the lake and not in the ledger")
                .contains("product-warehouse stl_querytext: 1 rows in the ledger and not in the lake")
                .contains("product-warehouse stl_querytext: 1 rows in the lake and not in the ledger")
                .contains("category_management pg_user: 1 rows in the source and not in the snapshot of ")
                .contains("product-warehouse own_large_orders: 1 rows in the orders and not in the lake")
                .contains("product-warehouse own_open_orders: no snapshot: expected at least one");
    }

    /** An ordinary query that has one row in stl_query, a plan and one fragment shorter than its column. */
    private static String anyQuery() throws SQLException {
        String query = lake.single("""
                select min(query) from stl_query q
                join stl_explain e using (cluster_name, query, log_time)
                join stl_querytext t using (cluster_name, query, log_time)
                where cluster_name = 'product-warehouse' and e.nodeid = 1 and t.sequence = 0
                  and length(rtrim(t.text)) between 1 and 190
                  and query in (select query from stl_query where cluster_name = 'product-warehouse'
                                group by query having count(*) = 1)
                """);
        assertThat(query).isNotNull();
        return String.valueOf(query);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
