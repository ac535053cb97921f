package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.S3Lake;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkJobRun;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkSubmitRunner;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * AWS on this machine with a deployment in it: the packaged job in a bucket, the global parameters, an empty lake. Runs
 * of the job are processes of their own and reach DynamoDB through a fault injector.
 */
final class JobPlatform implements AutoCloseable {

    static final String JOB_JAR = "s3://artifacts/glue-jobs-job.jar";

    /** The location of the lake. */
    static final String S3_PREFIX = "s3://lake/logs";

    final LocalAws aws;
    final DynamoDbProxy dynamoDb;

    private final S3Lake lake;
    private volatile SparkSubmitRunner runner;

    private JobPlatform(LocalAws aws) {
        this.aws = aws;
        this.dynamoDb =
                DynamoDbProxy.start(URI.create(aws.environment().getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", "")));
        this.runner = runnerWith(Map.of());
        runWith(Map.of());
        lake = new S3Lake(aws);
    }

    static JobPlatform start(Path workFolder) {
        LocalAws aws = LocalAws.start(workFolder);
        aws.createBucket("artifacts");
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("job.jar"), "set by the build"));
        aws.s3().putObject(put -> put.bucket("artifacts").key("glue-jobs-job.jar"), jar);
        JobPlatform platform = new JobPlatform(aws);
        platform.put(ParameterNames.S3_PREFIX, S3_PREFIX, ParameterType.STRING);
        platform.put(ParameterNames.TEMPDIR, "s3://lake/staging/", ParameterType.STRING);
        platform.put(ParameterNames.ROLE, "exporter", ParameterType.STRING);
        return platform;
    }

    /** Sets a parameter. */
    void put(String name, String value, ParameterType type) {
        aws.ssm().putParameter(put -> put.name(name).value(value).type(type).overwrite(true));
    }

    /** From now on processes of runs have these variables in their environment too. */
    void runWith(Map<String, String> variables) {
        runner = runnerWith(variables);
        aws.endpoint().runJobsWith(runner);
    }

    private SparkSubmitRunner runnerWith(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.uri().toString());
        environment.putAll(variables);
        return new SparkSubmitRunner(aws.workFolder(), environment, aws.s3());
    }

    /** The process of a run that has been started with the environment of now. */
    SparkJobRun process(String runId) {
        return runner.run(runId).orElseThrow();
    }

    /** All that a run has written to its output. */
    String log(String runId) {
        try {
            return Files.readString(aws.workFolder().resolve("runs").resolve(runId + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tables of the lake. */
    Catalog catalog() {
        return lake.catalog();
    }

    /** A table of the lake, freshly loaded. */
    Table table(String database, String name) {
        return lake.load(database, name);
    }

    /** All rows of a table of the lake. */
    List<Record> rows(String database, String name) {
        return lake.rows(database, name);
    }

    @Override
    public void close() {
        lake.close();
        dynamoDb.close();
        aws.close();
    }
}
