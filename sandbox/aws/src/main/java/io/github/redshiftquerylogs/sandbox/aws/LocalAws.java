package io.github.redshiftquerylogs.sandbox.aws;

import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbProcess;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.aws.servers.S3ObjectStore;
import io.github.redshiftquerylogs.sandbox.aws.servers.S3Process;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkSubmitRunner;
import io.github.redshiftquerylogs.sandbox.unload.ObjectStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * AWS on one machine: the {@linkplain LocalAwsEndpoint small services} in this process, DynamoDB Local and an S3 server as
 * child processes, and job runs as child processes with a real Spark. All of them listen on free ports of the loopback
 * interface and end with this process.
 */
public final class LocalAws implements AutoCloseable {

    private static final Region REGION = Region.EU_CENTRAL_1;
    private static final LocalCredentials CREDENTIALS = LocalCredentials.DEFAULT;

    private final Path workFolder;
    private final LocalAwsEndpoint endpoint;
    private final DynamoDbProcess dynamoDbProcess;
    private final S3Process s3Process;
    private final SsmClient ssm;
    private final GlueClient glue;
    private final DynamoDbClient dynamoDb;
    private final S3Client s3;
    private final SecretsManagerClient secretsManager;
    private final RedshiftDataClient redshiftData;
    private final SparkSubmitRunner sparkSubmit;

    private LocalAws(Path workFolder, DynamoDbProcess dynamoDbProcess, S3Process s3Process) {
        this.workFolder = workFolder;
        this.dynamoDbProcess = dynamoDbProcess;
        this.s3Process = s3Process;
        this.s3 = client(S3Client.builder().forcePathStyle(true), s3Process.uri());
        this.dynamoDb = client(DynamoDbClient.builder(), dynamoDbProcess.uri());
        this.endpoint = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("jobs cannot be run yet");
        });
        this.ssm = client(SsmClient.builder(), endpoint.uri());
        this.glue = client(GlueClient.builder(), endpoint.uri());
        this.secretsManager = client(SecretsManagerClient.builder(), endpoint.uri());
        this.redshiftData = client(RedshiftDataClient.builder(), endpoint.uri());
        this.sparkSubmit = new SparkSubmitRunner(workFolder, environment(), s3);
        endpoint.runJobsWith(sparkSubmit);
    }

    /**
     * Starts everything but Trino; takes about two seconds.
     *
     * @param workFolder for logs, buckets, jars and logs of runs; created if absent, not deleted by {@link #close}
     * @throws IllegalStateException if a process does not start, with the end of its log
     */
    public static LocalAws start(Path workFolder) {
        CompletableFuture<DynamoDbProcess> dynamoDb =
                CompletableFuture.supplyAsync(() -> DynamoDbProcess.start(workFolder));
        CompletableFuture<S3Process> s3 = CompletableFuture.supplyAsync(() -> S3Process.start(workFolder, CREDENTIALS));
        try {
            CompletableFuture.allOf(dynamoDb, s3).join();
            return new LocalAws(workFolder, dynamoDb.join(), s3.join());
        } catch (CompletionException e) {
            dynamoDb.thenAccept(DynamoDbProcess::close).exceptionally(ignored -> null);
            s3.thenAccept(S3Process::close).exceptionally(ignored -> null);
            throw new IllegalStateException("the local AWS does not start", e.getCause());
        }
    }

    /**
     * The environment variables that every SDK reads: endpoints, Region, credentials. A process with them uses this AWS.
     */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(CREDENTIALS.environment());
        environment.put("AWS_REGION", REGION.id());
        environment.put("AWS_DEFAULT_REGION", REGION.id());
        environment.put("AWS_ENDPOINT_URL", endpoint.uri().toString());
        environment.put("AWS_ENDPOINT_URL_S3", s3Process.uri().toString());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbProcess.uri().toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    /** The services in this process, with their recorded calls, injected faults and registered clusters. */
    public LocalAwsEndpoint endpoint() {
        return endpoint;
    }

    /** Runs the jobs, unless {@link LocalAwsEndpoint#runJobsWith} was called. */
    public SparkSubmitRunner sparkSubmit() {
        return sparkSubmit;
    }

    /** A client of Parameter Store; shared, closed with this object. */
    public SsmClient ssm() {
        return ssm;
    }

    /** A client of Glue; shared, closed with this object. */
    public GlueClient glue() {
        return glue;
    }

    /** A client of DynamoDB; shared, closed with this object. */
    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** A client of S3; shared, closed with this object. */
    public S3Client s3() {
        return s3;
    }

    /** A client of Secrets Manager; shared, closed with this object. */
    public SecretsManagerClient secretsManager() {
        return secretsManager;
    }

    /** A client of the Redshift Data API; shared, closed with this object. */
    public RedshiftDataClient redshiftData() {
        return redshiftData;
    }

    /** The S3 server as the target of UNLOAD, for {@code EmbeddedRedshift.unloadWith}. */
    public ObjectStore objectStore() {
        return new S3ObjectStore(s3);
    }

    /** The folder that was given to {@link #start}. */
    public Path workFolder() {
        return workFolder;
    }

    /** Creates a bucket. */
    public void createBucket(String name) {
        s3.createBucket(request -> request.bucket(name));
    }

    /** Starts Trino on this AWS; takes about ten seconds. The caller closes it before this object. */
    public TrinoProcess startTrino() {
        return TrinoProcess.start(workFolder, environment());
    }

    /** Stops all job runs and processes. */
    @Override
    public void close() {
        endpoint.close();
        ssm.close();
        glue.close();
        dynamoDb.close();
        s3.close();
        secretsManager.close();
        redshiftData.close();
        s3Process.close();
        dynamoDbProcess.close();
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(CREDENTIALS.provider())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
