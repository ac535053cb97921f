package io.github.redshiftquerylogs.sandbox.demo.deploy;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbTables;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A deployment without clusters: bucket and artifacts, state table, global parameters. */
public final class Deployment {

    public static final String BUCKET = "redshift-query-logs";
    /** The location of the lake. */
    public static final String LAKE = "s3://" + BUCKET;

    private static final String JAR_KEY = "artifacts/glue-jobs.jar";
    private static final String SCRIPT_KEY = "artifacts/ExportJob.scala";

    private static final String EXPORTS_KEY = "exports/own";

    private Deployment() {}

    /** Uploads the files of a folder with own exports. */
    static void uploadOwnExports(LocalAws aws, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> aws.s3()
                            .putObject(
                                    request -> request.bucket(BUCKET).key(EXPORTS_KEY + "/" + file.getFileName()),
                                    file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot upload " + folder, e);
        }
        aws.ssm()
                .putParameter(request -> request.name(ParameterNames.EXPORTS_PREFIX)
                        .type(ParameterType.STRING)
                        .value(LAKE + "/" + EXPORTS_KEY));
    }

    /** Deploys to a local AWS; returns the environment of the Lambda. */
    static Environment to(LocalAws aws, Checkout checkout) {
        aws.createBucket(BUCKET);
        aws.s3().putObject(request -> request.bucket(BUCKET).key(JAR_KEY), checkout.jobJar());
        aws.s3().putObject(request -> request.bucket(BUCKET).key(SCRIPT_KEY), checkout.jobScript());
        DynamoDbTables.create(
                aws.dynamoDb(),
                ResourceNames.STATE_TABLE,
                ResourceNames.STATE_PARTITION_KEY,
                ResourceNames.STATE_SORT_KEY);
        Map.of(
                        ParameterNames.S3_PREFIX,
                        LAKE,
                        ParameterNames.TEMPDIR,
                        "s3://" + BUCKET + "/temp",
                        ParameterNames.ROLE,
                        "redshift-query-logs-job",
                        ParameterNames.INTERVAL_MINUTES,
                        "5")
                .forEach((name, value) -> aws.ssm()
                        .putParameter(request ->
                                request.name(name).type(ParameterType.STRING).value(value)));
        return Environment.parse(Map.of(
                LambdaVariables.JOB_JAR,
                "s3://" + BUCKET + "/" + JAR_KEY,
                LambdaVariables.JOB_SCRIPT,
                "s3://" + BUCKET + "/" + SCRIPT_KEY));
    }
}
