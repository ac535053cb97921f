package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * A demo that is kept running, in a process of its own. The tests use only its printed instructions: they edit the list of
 * clusters, tick, ask a question, and press Ctrl-C.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeepIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int INTERRUPTED = 130;

    @TempDir
    private static Path folder;

    private static Path demo;
    private static Path temporary;
    private static Path terminal;
    private static Process process;

    private final StringWriter output = new StringWriter();

    @BeforeAll
    static void startAndWaitUntilItRunsOn() throws IOException {
        demo = folder.resolve("demo");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        terminal = folder.resolve("terminal");
        // a process group of its own, as in a terminal, where Ctrl-C goes to all its processes
        process = new ProcessBuilder(
                        "setsid",
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dlog4j2.configurationFile=log4j2-demo.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ShortDemo.class.getName(),
                        "--keep",
                        "--output=" + demo)
                .redirectErrorStream(true)
                .redirectOutput(terminal.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> !process.isAlive() || printed().contains("./demo query lists"));
        assertThat(process.isAlive()).as(printed()).isTrue();
    }

    @AfterAll
    static void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** {@code ./demo} with one small cluster, one more that is not enabled, and no tick. */
    static final class ShortDemo {

        private ShortDemo() {}

        public static void main(String[] arguments) {
            System.exit(DemoCommand.commandLine((options, output, progress) ->
                            Performance.play(ShortDemo::run, Duration.ofHours(3), options, output, progress))
                    .execute(arguments));
        }

        private static boolean run(Performance performance, DemoOptions options) throws Exception {
            Demonstration demonstration = performance.demonstration();
            demonstration.addClusters(plan("orders", ClusterKind.SECRET, Patch.NEWER, options.seed()));
            LakeReader lake = demonstration.openLake();
            performance.keep(
                    lake,
                    demonstration
                            .prepareClusters(plan("marketing", ClusterKind.LOOKED_UP, Patch.OLDER, 2))
                            .get(0));
            return true;
        }

        private static ClusterPlan plan(String name, ClusterKind kind, Patch patch, long seed) {
            return ClusterPlan.of(name, kind, SystemTables.tables(patch), "core", seed);
        }
    }

    @Test
    @Order(1)
    void itPrintsHowToLookAround() throws Exception {
        assertThat(printed())
                .contains("export AWS_ENDPOINT_URL=http://127.0.0.1:")
                .contains("source " + demo.resolve("environment.sh"))
                .containsPattern("orders +yes +JDBC, secret +jdbc:redshift://127.0.0.1:")
                .containsPattern("marketing +not yet +JDBC, password, looked up +jdbc:redshift://127.0.0.1:")
                .contains("--value orders,marketing")
                .contains("aws ssm get-parameter --with-decryption --name redshift_query_logs.marketing.password");
        for (String command : List.of("buckets/redshift-query-logs/data", "runs", "lambda.log")) {
            assertThat(demo.resolve(command)).exists();
        }
        // each address as it was printed
        try (Connection trino = DriverManager.getConnection(address("(jdbc:trino://\\S+)") + "?user=anybody");
                Statement statement = trino.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from stl_query")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).as("before the first tick").isZero();
        }
        String source = address("marketing +not yet +JDBC, password, looked up +(jdbc:redshift://\\S+)");
        try (SsmClient ssm = SsmClient.builder().endpointOverride(aws("")).build();
                Connection redshift = DriverManager.getConnection(
                        source.replace("jdbc:redshift:", "jdbc:postgresql:").replace("?ssl=false", ""),
                        "query_log_exporter",
                        ssm.getParameter(get -> get.name("redshift_query_logs.marketing.password")
                                        .withDecryption(true))
                                .parameter()
                                .value());
                Statement statement = redshift.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from stl_query")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isPositive();
        }
    }

    @Test
    @Order(1)
    void oldCommandLinesGetTheEndpointOfEachServiceToo() throws Exception {
        Path commands = Files.createDirectories(folder.resolve("bin"));
        Path standIn = Files.writeString(commands.resolve("aws"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(standIn.toFile().setExecutable(true)).isTrue();
        Path script =
                Files.writeString(folder.resolve("script"), """
                    export PATH=%s:$PATH
                    source %s
                    aws ssm get-parameters --names x
                    aws --region r s3 ls
                    aws dynamodb scan
                    """.formatted(commands, demo.resolve("environment.sh")));
        Path lines = folder.resolve("lines");
        Process bash = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(lines.toFile())
                .start();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(lines))
                .containsExactly(
                        "--endpoint-url " + aws("") + " ssm get-parameters --names x",
                        "--endpoint-url " + aws("_S3") + " --region r s3 ls",
                        "--endpoint-url " + aws("_DYNAMODB") + " dynamodb scan");
    }

    @Test
    @Order(2)
    void mistakeInTheListIsToldByTheTickThatFollowsAndTheOthersGoOn() {
        enable("orders,Sales");

        assertThat(demo("tick")).isEqualTo(1);

        assertThat(output.toString())
                .containsPattern("orders +started +SUCCEEDED")
                .contains("✗ Sales: redshift_query_logs.global.enabled_cluster_list = 'Sales': expected")
                .doesNotContain("marketing");
    }

    @Test
    @Order(3)
    void clusterThatIsAddedToTheListIsExportedByTheNextTick() {
        // one that left the list is not
        enable("marketing");

        assertThat(demo("tick")).as(output.toString()).isZero();

        assertThat(output.toString())
                .containsPattern("marketing +started +SUCCEEDED")
                .contains("· marketing: its connection 'marketing_rs_query_logs' was created")
                .doesNotContain("orders");
        assertThat(printed()).contains("A tick, requested by ./demo tick");
        try (GlueClient glue = GlueClient.builder().endpointOverride(aws("")).build();
                DynamoDbClient dynamoDb = DynamoDbClient.builder()
                        .endpointOverride(aws("_DYNAMODB"))
                        .build();
                S3Client s3 = S3Client.builder()
                        .endpointOverride(aws("_S3"))
                        .forcePathStyle(true)
                        .build()) {
            assertThat(glue.getJobRuns(request -> request.jobName("marketing_extract_rs_query_logs"))
                            .jobRuns())
                    .extracting(JobRun::jobRunState)
                    .containsExactly(JobRunState.SUCCEEDED);
            assertThat(dynamoDb.scan(request -> request.tableName("export_state"))
                            .items())
                    .contains(Map.of(
                            "cluster_name",
                            AttributeValue.fromS("marketing"),
                            "entry",
                            AttributeValue.fromS("definition"),
                            "sha256",
                            sha256(dynamoDb)));
            assertThat(s3.listObjectsV2(request ->
                                    request.bucket("redshift-query-logs").prefix("data/stl_query/"))
                            .contents())
                    .extracting(S3Object::key)
                    .anyMatch(key -> key.contains("cluster_name=marketing"));
        }
    }

    private static AttributeValue sha256(DynamoDbClient dynamoDb) {
        return dynamoDb.getItem(request -> request.tableName("export_state")
                        .key(Map.of(
                                "cluster_name", AttributeValue.fromS("marketing"),
                                "entry", AttributeValue.fromS("definition"))))
                .item()
                .getOrDefault("sha256", AttributeValue.fromS("(missing)"));
    }

    @Test
    @Order(4)
    void questionIsAnsweredFromAllClusters() {
        assertThat(demo("query", "top_queries")).as(output.toString()).isZero();
        assertThat(output.toString())
                .contains("Top 50 queries by time  — athena-ddl/queries/top_queries.sql")
                .contains("orders", "marketing", "(20 rows, maybe more: --rows)");
    }

    @Test
    @Order(5)
    void interruptLeavesNoProcessAndNoTemporaryFolder() throws Exception {
        assertThat(ours())
                .as("the demo, S3, DynamoDB, Trino, two PostgreSQL servers")
                .hasSizeGreaterThan(5);
        assertThat(temporary)
                .isDirectoryContaining(path -> path.getFileName().toString().startsWith("redshift-"));

        Process kill = new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start();
        assertThat(kill.waitFor()).isZero();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ours()).isEmpty());
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left)
                    .as("but the server's programs, which the next one uses")
                    .noneMatch(path -> path.getFileName().toString().startsWith("redshift-"));
        }
        assertThat(printed()).contains("logs, the lake's files and summary.json: " + demo);
        assertThat(demo.resolve("summary.json")).content().contains("\"marketing\"", "\"misconfigured\"");
        assertThat(demo.resolve("running.json")).doesNotExist();
        assertThat(demo("tick")).isEqualTo(2);
        assertThat(output.toString()).contains("expected the folder of a demo that is running");
    }

    /** The processes of this demo, found by its folder in their command lines. */
    private static List<String> ours() {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> handle.info().commandLine().stream())
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    private static void enable(String clusters) {
        try (SsmClient ssm = SsmClient.builder().endpointOverride(aws("")).build()) {
            ssm.putParameter(request -> request.name(ParameterNames.ENABLED_CLUSTER_LIST)
                    .value(clusters)
                    .overwrite(true));
        }
    }

    /** Runs a command as in a second terminal. */
    private int demo(String... arguments) {
        return DemoCommand.commandLine((options, unused, progress) -> 3)
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(Stream.concat(Stream.of(arguments), Stream.of("--output", demo.toString()))
                        .toArray(String[]::new));
    }

    /** An endpoint, as {@code environment.sh} exports it. */
    private static URI aws(String service) {
        Map<String, String> exports = new HashMap<>();
        try {
            Matcher export = Pattern.compile("^export (\\w+)=(.*)$", Pattern.MULTILINE)
                    .matcher(Files.readString(demo.resolve("environment.sh")));
            while (export.find()) {
                exports.put(export.group(1), export.group(2));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return URI.create(exports.getOrDefault("AWS_ENDPOINT_URL" + service, ""));
    }

    private static String address(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(printed());
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String printed() {
        try {
            return Files.readString(terminal);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
