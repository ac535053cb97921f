package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.cluster.ParameterNames;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.Environment;
import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.aws.TrinoProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The deployed system on a local AWS: what a deployment makes on the real one, and the Lambda. Clusters are added by
 * parameters alone.
 */
final class Sandbox implements AutoCloseable {

    private static final String BUCKET = "redshift-query-logs";
    private static final String JAR_KEY = "artifacts/glue-jobs.jar";
    private static final String SCRIPT_KEY = "artifacts/ExportJob.scala";

    private final LocalAws aws;
    private final GlueClient glueOfLambda;
    private final RedshiftClient redshiftOfLambda;
    private final OrchestratorHandler lambda;
    private final List<ClusterName> enabled = new ArrayList<>();

    private Sandbox(LocalAws aws) {
        this.aws = aws;
        LocalCredentials keys = LocalCredentials.DEFAULT;
        this.glueOfLambda = OrchestratorHandler.glueClientBuilder()
                .endpointOverride(aws.endpoint().uri())
                .region(Region.of(aws.environment().getOrDefault("AWS_REGION", "")))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())))
                .build();
        this.redshiftOfLambda = RedshiftClient.builder()
                .endpointOverride(aws.endpoint().uri())
                .region(Region.of(aws.environment().getOrDefault("AWS_REGION", "")))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        Environment environment = Environment.parse(Map.of(
                "JOB_JAR", "s3://" + BUCKET + "/" + JAR_KEY,
                "JOB_SCRIPT", "s3://" + BUCKET + "/" + SCRIPT_KEY));
        this.lambda = new OrchestratorHandler(
                environment, aws.ssm(), glueOfLambda, aws.dynamoDb(), redshiftOfLambda, Clock.systemUTC());
    }

    /**
     * Starts the local AWS and deploys the system to it: bucket and artifacts, state table, global parameters.
     *
     * @param workFolder for logs and files
     * @param artifacts what is deployed
     */
    static Sandbox start(Path workFolder, Artifacts artifacts) {
        LocalAws aws = LocalAws.start(workFolder);
        try {
            Sandbox sandbox = new Sandbox(aws);
            aws.createBucket(BUCKET);
            aws.s3().putObject(request -> request.bucket(BUCKET).key(JAR_KEY), artifacts.jobJar());
            aws.s3().putObject(request -> request.bucket(BUCKET).key(SCRIPT_KEY), artifacts.jobScript());
            sandbox.createStateTable();
            sandbox.put(ParameterNames.S3_PREFIX, ParameterType.STRING, "s3://" + BUCKET);
            sandbox.put(ParameterNames.TEMPDIR, ParameterType.STRING, "s3://" + BUCKET + "/temp");
            sandbox.put(ParameterNames.ROLE, ParameterType.STRING, "redshift-query-logs-job");
            sandbox.put(ParameterNames.INTERVAL_MINUTES, ParameterType.STRING, "5");
            return sandbox;
        } catch (RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    private void createStateTable() {
        aws.dynamoDb()
                .createTable(request -> request.tableName(ResourceNames.STATE_TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                List.of(text(ResourceNames.STATE_PARTITION_KEY), text(ResourceNames.STATE_SORT_KEY)))
                        .keySchema(List.of(
                                key(ResourceNames.STATE_PARTITION_KEY, KeyType.HASH),
                                key(ResourceNames.STATE_SORT_KEY, KeyType.RANGE))));
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    /** Makes the Glue connection through which a cluster is reached, as a network team would. */
    void connect(SandboxCluster cluster) {
        aws.glue()
                .createConnection(request -> request.connectionInput(input -> input.name(connectionOf(cluster.name()))
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(
                                ConnectionPropertyKey.JDBC_CONNECTION_URL,
                                cluster.redshift().jdbcUrl()))));
    }

    /** Adds a cluster the way a user does: by parameters. */
    void enable(SandboxCluster cluster) {
        ClusterName name = cluster.name();
        put(ParameterNames.connection(name), ParameterType.STRING, connectionOf(name));
        put(ParameterNames.user(name), ParameterType.STRING, SandboxCluster.USER);
        put(ParameterNames.password(name), ParameterType.SECURE_STRING, cluster.password());
        enabled.add(name);
        put(
                ParameterNames.ENABLED_CLUSTER_LIST,
                ParameterType.STRING_LIST,
                enabled.stream().map(ClusterName::value).collect(Collectors.joining(", ")));
    }

    private static String connectionOf(ClusterName cluster) {
        return cluster + "-connection";
    }

    private void put(String name, ParameterType type, String value) {
        aws.ssm()
                .putParameter(
                        request -> request.name(name).type(type).value(value).overwrite(true));
    }

    /** Calls the Lambda with the event that EventBridge sends at this time. */
    List<ClusterResult> tick(Instant time) {
        return lambda.handleRequest(ScheduledEvents.at(time), new SandboxContext())
                .clusters();
    }

    /** A run of a cluster's job, as Glue shows it. */
    JobRun jobRun(ClusterName cluster, String runId) {
        return aws.glue()
                .getJobRun(
                        request -> request.jobName(ResourceNames.job(cluster)).runId(runId))
                .jobRun();
    }

    /** An item of the state table; empty if there is none. */
    Map<String, AttributeValue> state(ClusterName cluster, String entry) {
        return aws.dynamoDb()
                .getItem(request -> request.tableName(ResourceNames.STATE_TABLE)
                        .key(Map.of(
                                ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()),
                                ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry)))
                        .consistentRead(true))
                .item();
    }

    LocalAws aws() {
        return aws;
    }

    /** Starts Trino on the lake. */
    TrinoProcess startTrino() {
        return aws.startTrino();
    }

    @Override
    public void close() {
        glueOfLambda.close();
        redshiftOfLambda.close();
        aws.close();
    }

    /** The text of an attribute; null if the item has none. */
    static @Nullable String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }
}
