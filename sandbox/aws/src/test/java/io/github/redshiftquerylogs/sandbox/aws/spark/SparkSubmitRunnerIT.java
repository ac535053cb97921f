package io.github.redshiftquerylogs.sandbox.aws.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.process.LogFile;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

class SparkSubmitRunnerIT {

    private static final String CATALOG =
            "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
                    + " --conf spark.sql.catalog.glue_catalog=org.apache.iceberg.spark.SparkCatalog"
                    + " --conf spark.sql.catalog.glue_catalog.type=glue"
                    + " --conf spark.sql.catalog.glue_catalog.warehouse=s3://lake/data"
                    + " --conf spark.sql.catalog.glue_catalog.io-impl=org.apache.iceberg.aws.s3.S3FileIO";

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    private static Path workFolder;

    private static LocalAws aws;

    @BeforeAll
    static void start() throws IOException {
        aws = LocalAws.start(workFolder);
        aws.createBucket("lake");
        aws.createBucket("artifacts");
        Path jar = TestingJobJar.build(Files.createDirectories(workFolder.resolve("build")));
        aws.s3().putObject(put -> put.bucket("artifacts").key("jars/job.jar"), jar);
        aws.glue()
                .createJob(create -> create.name("a")
                        .role("GlueRole")
                        .command(command -> command.name("glueetl").scriptLocation("s3://artifacts/job.scala"))
                        .timeout(30)
                        .defaultArguments(Map.of(
                                "--class",
                                TestingJobJar.MAIN_CLASS,
                                "--extra-jars",
                                "s3://artifacts/jars/job.jar",
                                "--conf",
                                CATALOG)));
    }

    @AfterAll
    static void close() {
        aws.close();
        assertThat(ProcessHandle.current().children())
                .as("processes that are left")
                .isEmpty();
    }

    @Test
    void aJobWritesIcebergTablesThatTrinoReads() throws SQLException, IOException {
        JobRun run = awaitEnd(start("export"), JobRunState.SUCCEEDED);

        assertThat(LogFile.read(log(run.id())))
                .contains("--JOB_RUN_ID, " + run.id())
                .contains("--JOB_NAME, a");
        try (TrinoProcess trino = aws.startTrino()) {
            assertThat(query(trino, "show schemas from lake")).contains("logs", "information_schema");
            assertThat(
                            query(
                                    trino,
                                    "select cluster_name || ' ' || cast(log_time as varchar) || ' ' || cast(query as varchar)"
                                            + " from lake.logs.stl_query where log_time >= timestamp '2026-11-20' order by query"))
                    .containsExactly(
                            "a 2026-11-20 23:59:59.999999 1",
                            "b 2026-11-21 00:00:00.000001 2",
                            "a 2026-11-21 00:00:00.000000 3");
            assertThat(query(trino, "select operation from lake.logs.\"stl_query$snapshots\""))
                    .containsExactly("append", "append");
        }
    }

    @Test
    void aJobThatFailsSaysWhy() {
        JobRun run = awaitEnd(start("fail"), JobRunState.FAILED);

        assertThat(run.errorMessage()).isEqualTo("java.lang.IllegalStateException: the job's own reason");
    }

    @Test
    void aJobThatIsKilledHasFailedAndLeavesNothingBehind() throws IOException {
        String id = start("hang");
        SparkJobRun process = running(id);

        process.kill();

        assertThat(awaitEnd(id, JobRunState.FAILED).errorMessage()).isEqualTo("the process ended with code 137");
        assertThat(process.handle().isAlive()).isFalse();
        try (Stream<Path> left = Files.list(workFolder.resolve("runs"))) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void aJobThatIsStoppedIsGone() {
        String id = start("hang");
        SparkJobRun process = running(id);

        aws.glue().batchStopJobRun(stop -> stop.jobName("a").jobRunIds(id));

        awaitEnd(id, JobRunState.STOPPED);
        assertThat(process.handle().isAlive()).isFalse();
    }

    @Test
    void aJarIsFetchedAgainOnlyAfterItHasChanged() throws IOException {
        ExtraJars jars = new ExtraJars(aws.s3(), workFolder.resolve("cache"));
        aws.s3().putObject(put -> put.bucket("artifacts").key("b.jar"), RequestBody.fromString("first"));
        Path first = jars.fetch("s3://artifacts/b.jar").get(0);
        FileTime fetched = Files.getLastModifiedTime(first);

        assertThat(jars.fetch(" s3://artifacts/b.jar, s3://artifacts/jars/job.jar"))
                .startsWith(first)
                .hasSize(2);
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(fetched);

        aws.s3().putObject(put -> put.bucket("artifacts").key("b.jar"), RequestBody.fromString("second"));
        assertThat(jars.fetch("s3://artifacts/b.jar").get(0))
                .hasContent("second")
                .hasFileName("b.jar");
        assertThat(first).as("a run that goes on may still read the old one").hasContent("first");
    }

    @Test
    void theEnvironmentIsTheOneThatWasGiven() {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("TZ", "America/New_York");
        aws.endpoint().runJobsWith(new SparkSubmitRunner(workFolder, environment, aws.s3()));

        String id = start("fail");
        awaitEnd(id, JobRunState.FAILED);
        aws.endpoint().runJobsWith(aws.sparkSubmit());

        assertThat(LogFile.read(log(id))).contains("AWS_ENDPOINT_URL_DYNAMODB").contains("America/New_York");
    }

    private static String start(String mode) {
        return aws.glue()
                .startJobRun(start -> start.jobName("a").arguments(Map.of("--mode", mode)))
                .jobRunId();
    }

    private static SparkJobRun running(String id) {
        await().atMost(TIMEOUT).until(() -> aws.sparkSubmit().run(id).isPresent());
        SparkJobRun run = aws.sparkSubmit().run(id).orElseThrow();
        await().atMost(TIMEOUT).until(() -> LogFile.read(run.log()).contains("arguments: "));
        return run;
    }

    private static JobRun awaitEnd(String id, JobRunState state) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(run(id).jobRunState()).isEqualTo(state));
        return run(id);
    }

    private static JobRun run(String id) {
        return aws.glue().getJobRun(get -> get.jobName("a").runId(id)).jobRun();
    }

    private static Path log(String id) {
        return workFolder.resolve("runs").resolve(id + ".log");
    }

    private static List<String> query(TrinoProcess trino, String sql) throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "test");
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(trino.jdbcUrl(), user);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
