package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.watermark.TestingStateTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.redshiftdata.model.StatementData;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * One cluster of a {@link JobPlatform}: a stand-in with a workload, its parameters, Glue connection and Glue job, and a
 * database and a state table of its own.
 */
final class JobCluster implements AutoCloseable {

    static final String USER = "exporter";
    static final String PASSWORD = "p\"a's \\%&+w/{}$1";

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Set<JobRunState> ENDED =
            Set.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);
    private static final Pattern SUMMARY = Pattern.compile("run summary: (\\{.*})");
    private static final ObjectMapper JSON = new ObjectMapper();

    final ClusterName name;
    final EmbeddedRedshift redshift;
    final Workload workload;
    final TestingStateTable state;

    private final JobPlatform platform;
    private final Ledger ledger;
    private final String database;
    private LocalDateTime firstReleaseUpTo = LocalDateTime.MIN;

    /** @param concurrentRuns how many runs of its job Glue allows at a time */
    JobCluster(JobPlatform platform, String name, WorkloadProfile load, int concurrentRuns) {
        this.platform = platform;
        this.name = new ClusterName(name);
        this.database = "lake_of_" + name.replace('-', '_');
        this.redshift = EmbeddedRedshift.start(name, USER, PASSWORD);
        this.ledger = new Ledger(redshift.tables());
        this.workload = new Workload(redshift, ledger, load);
        this.state = TestingStateTable.create(platform.aws.dynamoDb(), "state_of_" + name);
        platform.put(ParameterNames.connection(this.name), name + "-connection", ParameterType.STRING);
        platform.put(ParameterNames.user(this.name), USER, ParameterType.STRING);
        setPassword(PASSWORD);
        export("core");
        createConnection();
        createJob(concurrentRuns);
    }

    /** From now on it is reached by the Data API, as the user of a secret, and unloads. */
    void reachByDataApi() {
        platform.aws.endpoint().warehouses().addCluster(redshift);
        platform.put(ParameterNames.connection(name), "redshift-data://" + name + "/dev", ParameterType.STRING);
        unload();
    }

    /** Configures UNLOAD to the platform's S3. */
    void unload() {
        redshift.unloadWith(UnloadSetup.to(platform.aws.objectStore()));
    }

    /** Waits for statements that the Data API goes on with when the run that sent them is dead. */
    void awaitStatements() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(platform.aws
                                .redshiftData()
                                .listStatementsPaginator(list -> list.status(StatusString.ALL))
                                .statements())
                        .extracting(StatementData::status)
                        .isSubsetOf(StatusString.FINISHED, StatusString.FAILED, StatusString.ABORTED));
    }

    /** The unloaded files that were not removed. */
    List<String> staged() {
        return platform
                .aws
                .s3()
                .listObjectsV2(list -> list.bucket("lake").prefix("staging/" + name + "/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** Its user's credentials are in this secret from now on; a user that is there too does not count. */
    String useSecret() {
        String arn = platform.aws
                .secretsManager()
                .createSecret(create -> create.name(name + "-secret").secretString(secret(PASSWORD)))
                .arn();
        platform.put(ParameterNames.secret(name), arn, ParameterType.STRING);
        platform.put(ParameterNames.user(name), ClusterSettings.PLACEHOLDER_USER, ParameterType.STRING);
        return arn;
    }

    /** Changes the user's password, and the secret with it. */
    void rotate(String arn, String password) {
        redshift.users().setPassword(USER, password);
        platform.aws.secretsManager().putSecretValue(put -> put.secretId(arn).secretString(secret(password)));
    }

    private static String secret(String password) {
        try {
            return JSON.writeValueAsString(Map.of("username", USER, "password", password));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No parameter selects its exports any more. */
    void exportByDefault() {
        platform.aws.ssm().deleteParameter(delete -> delete.name(ParameterNames.exports(name)));
    }

    private void export(String list) {
        platform.put(ParameterNames.exports(name), list, ParameterType.STRING);
    }

    void setPassword(String password) {
        platform.put(ParameterNames.password(name), password, ParameterType.SECURE_STRING);
    }

    private void createConnection() {
        platform.aws
                .glue()
                .createConnection(create -> create.connectionInput(input -> input.name(name + "-connection")
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(ConnectionPropertyKey.JDBC_CONNECTION_URL, redshift.jdbcUrl()))));
    }

    /** As the orchestrator defines it. */
    private void createJob(int concurrentRuns) {
        Map<String, String> arguments = new HashMap<>();
        arguments.put("--job-language", "scala");
        arguments.put("--class", "io.github.redshiftquerylogs.export.ExportJob");
        arguments.put("--extra-jars", JobPlatform.JOB_JAR);
        arguments.put("--datalake-formats", "iceberg");
        arguments.put("--TempDir", "s3://lake/staging/");
        arguments.put("--conf", SparkSettings.toArgument(SparkSettings.of(JobPlatform.S3_PREFIX)));
        arguments.put("--cluster_name", name.value());
        arguments.put("--database_name", database);
        arguments.put("--state_table", state.name());
        arguments.put("--window_minutes", "360");
        platform.aws
                .glue()
                .createJob(create -> create.name(job())
                        .role("exporter")
                        .command(command -> command.name("glueetl").scriptLocation("s3://artifacts/ExportJob.scala"))
                        .glueVersion("5.1")
                        .timeout(30)
                        .executionProperty(property -> property.maxConcurrentRuns(concurrentRuns))
                        .connections(connections -> connections.connections(name + "-connection"))
                        .defaultArguments(arguments));
    }

    /** All up to a time is exported by the first release. */
    void exportByTheFirstRelease(LocalDateTime upTo) {
        firstReleaseUpTo = upTo;
        FirstRelease release = new FirstRelease(platform.catalog(), database, JobPlatform.S3_PREFIX + "/data", name);
        String identity = "host:" + redshift.host() + ":" + redshift.port() + "/dev";
        try (Connection admin = redshift.admin()) {
            release.export(admin, identity, upTo)
                    .forEach(item -> platform.aws
                            .dynamoDb()
                            .putItem(put -> put.tableName(state.name()).item(item)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets an attribute of a table's item of the state table. */
    void spoilState(String table, String attribute, AttributeValue value) {
        Map<String, AttributeValue> item = new HashMap<>(tableState(table));
        item.put(attribute, value);
        platform.aws.dynamoDb().putItem(put -> put.tableName(state.name()).item(item));
    }

    /** The current columns of a table with their types, as Iceberg tells Glue. */
    Map<String, String> columnsInGlue(String table) {
        Map<String, String> columns = new HashMap<>();
        for (Column column : platform.aws
                .glue()
                .getTable(get -> get.databaseName(database).name(table))
                .table()
                .storageDescriptor()
                .columns()) {
            if ("true".equals(column.parameters().get("iceberg.field.current"))) {
                columns.put(column.name(), column.type());
            }
        }
        return columns;
    }

    /** The columns of a table of the lake. */
    Schema lakeColumns(String table) {
        return platform.table(database, table).schema();
    }

    /** Its Glue job, as Glue shows it. */
    Job jobDefinition() {
        return platform.aws.glue().getJob(get -> get.jobName(job())).job();
    }

    private String job() {
        return ResourceNames.job(name);
    }

    /** What the job's clock shows, UTC, in seconds. */
    static LocalDateTime realTime() {
        return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Ends the load, and moves the source's clock so far that all of it is settled. */
    void settle() {
        workload.finish();
        workload.advanceTo(workload.now().plus(Duration.ofSeconds(150)));
    }

    /** Starts a run of the job. Runs are trusted while the source's clock is about right, so that is moved first. */
    String start() {
        if (workload.now().isBefore(realTime())) {
            workload.advanceTo(realTime());
        }
        return platform.aws.glue().startJobRun(start -> start.jobName(job())).jobRunId();
    }

    /** A run to its end that verifies what is in the lake, and that a head is in its chain. */
    JobRun verify(String head) {
        String runId = platform.aws
                .glue()
                .startJobRun(start -> start.jobName(job()).arguments(Map.of("--verify", "true", "--head", head)))
                .jobRunId();
        return awaitEnd(runId);
    }

    JobRun awaitEnd(String runId) {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ENDED.contains(get(runId).jobRunState()));
        return get(runId);
    }

    boolean hasEnded(String runId) {
        return ENDED.contains(get(runId).jobRunState());
    }

    private JobRun get(String runId) {
        return platform.aws
                .glue()
                .getJobRun(get -> get.jobName(job()).runId(runId))
                .jobRun();
    }

    /** A run to its end, successful; its summary. */
    JsonNode run() {
        return requireSucceeded(start());
    }

    /** Waits for a run's end; its summary, as logged. */
    JsonNode requireSucceeded(String runId) {
        JobRun run = awaitEnd(runId);
        assertThat(run.jobRunState())
                .as("%s: %s\n%s", name, run.errorMessage(), platform.log(runId))
                .isEqualTo(JobRunState.SUCCEEDED);
        JsonNode summary = loggedSummary(runId);
        assertThat(summary.path("status").asText()).isEqualTo("succeeded");
        assertThat(summary.path("tables"))
                .hasSize(redshift.tables().size())
                .allSatisfy(table -> assertThat(table.path("complete").asBoolean())
                        .as(table.toString())
                        .isTrue());
        return summary;
    }

    private JsonNode loggedSummary(String runId) {
        Matcher logged = SUMMARY.matcher(platform.log(runId));
        assertThat(logged.find()).as("summary in the log of " + runId).isTrue();
        return json(logged.group(1));
    }

    /** What is stored of the latest run. */
    JsonNode storedSummary() {
        return json(text(entry("run#latest"), "summary"));
    }

    /** What is stored of a table. */
    Map<String, AttributeValue> tableState(String table) {
        return entry("table#" + table);
    }

    Map<String, AttributeValue> entry(String entry) {
        return state.item(name.value(), entry);
    }

    static String text(Map<String, AttributeValue> item, String attribute) {
        assertThat(item).containsKey(attribute);
        return item.getOrDefault(attribute, AttributeValue.fromS("")).s();
    }

    /** A table's part of a summary. */
    static JsonNode table(JsonNode summary, String table) {
        for (JsonNode candidate : summary.path("tables")) {
            if (candidate.path("table").asText().equals(table)) {
                return candidate;
            }
        }
        throw new AssertionError("no " + table + " in " + summary);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    List<String> tables() {
        return redshift.tables().stream().map(SystemTable::name).toList();
    }

    /** How many rows a table of the lake has, as its metadata says. */
    long lakeCount(String table) {
        return Long.parseLong(
                platform.table(database, table).currentSnapshot().summary().getOrDefault("total-records", "0"));
    }

    /** The lake's rows of one table. */
    List<Record> lakeRows(String table) {
        return platform.rows(database, table);
    }

    /** Requires that the lake has each row of the ledger exactly once. */
    void requireLakeEqualsLedger() {
        LakeComparison.requireEqual(redshift.tables(), ledger, name, this::lakeRows, firstReleaseUpTo);
    }

    @Override
    public void close() {
        workload.close();
        redshift.close();
    }
}
