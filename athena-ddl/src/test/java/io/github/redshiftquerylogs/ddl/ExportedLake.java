package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbTables;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A lake written by the packaged job, which Glue's StartJobRun runs as a process, and a Trino server that reads it. */
final class ExportedLake implements AutoCloseable {

    static final String S3_PREFIX = "s3://lake/logs";

    private static final String USER = "exporter";
    private static final String PASSWORD = "example-only";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Set<JobRunState> ENDED =
            Set.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);

    private final LocalAws aws;
    private final TrinoProcess trino;
    private final TrinoSession session;

    private ExportedLake(LocalAws aws, TrinoProcess trino, TrinoSession session) {
        this.aws = aws;
        this.trino = trino;
        this.session = session;
    }

    /**
     * A deployment that has no tables yet.
     *
     * @param jobJar runs jobs
     * @param earlierJobJar runs jobs before an upgrade
     */
    static ExportedLake start(Path workFolder, Path jobJar, Path earlierJobJar) throws SQLException {
        LocalAws aws = LocalAws.start(workFolder);
        aws.createBucket("lake");
        aws.createBucket("artifacts");
        aws.s3().putObject(put -> put.bucket("artifacts").key("glue-jobs-job.jar"), jobJar);
        aws.s3().putObject(put -> put.bucket("artifacts").key("earlier-job.jar"), earlierJobJar);
        put(aws, ParameterNames.S3_PREFIX, ParameterType.STRING, S3_PREFIX);
        put(aws, ParameterNames.TEMPDIR, ParameterType.STRING, "s3://lake/staging/");
        put(aws, ParameterNames.ROLE, ParameterType.STRING, "exporter");
        put(aws, ParameterNames.EXPORTS, ParameterType.STRING, "core,names");
        DynamoDbTables.create(
                aws.dynamoDb(),
                ResourceNames.STATE_TABLE,
                ResourceNames.STATE_PARTITION_KEY,
                ResourceNames.STATE_SORT_KEY);
        TrinoProcess trino = aws.startTrino();
        TrinoSession session = TrinoSession.open(trino);
        session.execute("CREATE SCHEMA " + ResourceNames.DATABASE);
        return new ExportedLake(aws, trino, session);
    }

    /** A session for queries. */
    TrinoSession session() {
        return session;
    }

    LocalAws aws() {
        return aws;
    }

    /** Starts a stand-in that also has the tables of {@link OneMoreTableTest#ADDED}; the caller closes it. */
    static EmbeddedRedshift cluster(String name) {
        List<SystemTable> tables = new ArrayList<>(SystemTables.tables(Patch.NEWER));
        tables.addAll(SystemTables.tablesIn(OneMoreTableTest.ADDED, Patch.NEWER));
        return EmbeddedRedshift.recycled(name, USER, PASSWORD, tables);
    }

    /** Writes the file of an own export to the folder that runs read from now on. */
    void putOwnExport(String name, String yaml) {
        aws.s3()
                .putObject(
                        put -> put.bucket("lake").key("exports/own/" + name + ".yaml"), RequestBody.fromString(yaml));
        put(aws, ParameterNames.EXPORTS_PREFIX, ParameterType.STRING, "s3://lake/exports/own");
        put(aws, ParameterNames.EXPORTS, ParameterType.STRING, "core,names,own");
    }

    /** Starts a run of the job of a cluster that was added, before the upgrade; returns the id of the run. */
    String startEarlierJob(EmbeddedRedshift redshift) {
        return start(redshift, Map.of("--extra-jars", "s3://artifacts/earlier-job.jar"));
    }

    /** Starts a run of the job of a cluster that was added; returns the id of the run. */
    String startJob(EmbeddedRedshift redshift) {
        return start(redshift, Map.of());
    }

    private String start(EmbeddedRedshift redshift, Map<String, String> arguments) {
        return aws.glue()
                .startJobRun(start -> start.jobName(ResourceNames.job(new ClusterName(redshift.cluster())))
                        .arguments(arguments))
                .jobRunId();
    }

    /** Adds a cluster: its parameters, Glue connection and Glue job. */
    void add(EmbeddedRedshift redshift) {
        ClusterName name = new ClusterName(redshift.cluster());
        put(aws, ParameterNames.connection(name), ParameterType.STRING, name + "-connection");
        put(aws, ParameterNames.user(name), ParameterType.STRING, USER);
        put(aws, ParameterNames.password(name), ParameterType.SECURE_STRING, PASSWORD);
        aws.glue()
                .createConnection(create -> create.connectionInput(input -> input.name(name + "-connection")
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(ConnectionPropertyKey.JDBC_CONNECTION_URL, redshift.jdbcUrl()))));
        aws.glue()
                .createJob(create -> create.name(ResourceNames.job(name))
                        .role("exporter")
                        .command(command -> command.name("glueetl").scriptLocation("s3://artifacts/ExportJob.scala"))
                        .glueVersion("5.1")
                        .timeout(30)
                        .connections(connections -> connections.connections(name + "-connection"))
                        .defaultArguments(jobArguments(name)));
    }

    /** The arguments that the orchestrator gives a job. */
    private static Map<String, String> jobArguments(ClusterName name) {
        Map<String, String> arguments = new HashMap<>();
        arguments.put("--job-language", "scala");
        arguments.put("--class", "io.github.redshiftquerylogs.export.ExportJob");
        arguments.put("--extra-jars", "s3://artifacts/glue-jobs-job.jar");
        arguments.put("--datalake-formats", "iceberg");
        arguments.put("--TempDir", "s3://lake/staging/");
        arguments.put("--conf", SparkSettings.toArgument(SparkSettings.of(S3_PREFIX)));
        arguments.put("--cluster_name", name.value());
        arguments.put("--database_name", ResourceNames.DATABASE);
        arguments.put("--state_table", ResourceNames.STATE_TABLE);
        arguments.put("--window_minutes", "360");
        return arguments;
    }

    /** Waits for the end of a run and requires that it succeeded. */
    void requireSuccess(EmbeddedRedshift redshift, String runId) {
        String job = ResourceNames.job(new ClusterName(redshift.cluster()));
        JobRun run = await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> aws.glue()
                                .getJobRun(get -> get.jobName(job).runId(runId))
                                .jobRun(),
                        now -> ENDED.contains(now.jobRunState()));
        assertThat(run.jobRunState())
                .as("%s: %s\n%s", job, run.errorMessage(), log(runId))
                .isEqualTo(JobRunState.SUCCEEDED);
    }

    private String log(String runId) {
        try {
            return Files.readString(aws.workFolder().resolve("runs").resolve(runId + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Columns and partitions of a table, from its newest metadata file. */
    JsonNode shape(String database, String table) throws IOException {
        String metadata = aws.glue()
                .getTable(get -> get.databaseName(database).name(table))
                .table()
                .parameters()
                .getOrDefault("metadata_location", "");
        URI uri = URI.create(metadata);
        byte[] content = aws.s3()
                .getObjectAsBytes(
                        get -> get.bucket(uri.getHost()).key(uri.getPath().substring(1)))
                .asByteArray();
        JsonNode document;
        try (InputStream in = metadata.contains(".gz.")
                ? new GZIPInputStream(new ByteArrayInputStream(content))
                : new ByteArrayInputStream(content)) {
            document = JSON.readTree(in);
        }
        ObjectNode shape = JSON.createObjectNode();
        shape.set("fields", byId(document, "schemas", "schema-id", "current-schema-id"));
        shape.set("partitions", byId(document, "partition-specs", "spec-id", "default-spec-id"));
        return shape;
    }

    private static JsonNode byId(JsonNode document, String list, String id, String current) {
        for (JsonNode candidate : document.path(list)) {
            if (candidate.path(id).equals(document.path(current))) {
                return candidate.path("fields");
            }
        }
        throw new AssertionError("no " + current + " in " + document);
    }

    private static void put(LocalAws aws, String name, ParameterType type, String value) {
        aws.ssm().putParameter(put -> put.name(name).type(type).value(value).overwrite(true));
    }

    @Override
    public void close() throws SQLException {
        session.close();
        trino.close();
        aws.close();
    }
}
