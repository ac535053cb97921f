package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.RecordedCalls;
import io.github.redshiftquerylogs.infra.policy.ServiceReference;
import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.aws.servers.RecordingProxy;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkSubmitRunner;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Evaluates the job's policy for the recorded calls of the packaged job, which the Lambda creates and starts: one cluster
 * by JDBC with a secret, one with a password, one by the Data API with the job's role. The recording proxies of S3 and
 * DynamoDB are used by the job and the download of its jar only; UNLOAD writes with the cluster's role. The folder of own
 * exports has one for another cluster.
 */
@NeedsNode
class JobCallsIT {

    private static final String S3 = "AWS_ENDPOINT_URL_S3";
    private static final String DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB";
    private static final String USER = "exporter";
    private static final String PASSWORD = "correct horse";
    private static final String IDENTITY = "IAMR:" + LocalCredentials.DEFAULT.accessKeyId();
    private static final Set<String> CLUSTERS = Set.of("by-secret", "by-password", "by-data-api");
    private static final Set<JobRunState> ENDED =
            Set.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);

    /** Actions in the policy that no call of this test needs. */
    private static final Map<String, String> NOT_SEEN_HERE = Map.of(
            "redshift-data:CancelStatement", "when a statement takes too long, or an earlier run has left one",
            "redshift:GetClusterCredentials", "for a cluster by the Data API with a user",
            "redshift-serverless:GetCredentials", "for a workgroup",
            "s3:AbortMultipartUpload", "when a file of several parts (32 MB and more) is not written to its end");

    /** Glue itself creates logs and network interfaces. */
    private static final List<String> BY_GLUE_ITSELF = List.of("logs:", "ec2:");

    private final LocalDeployment deployment = new LocalDeployment();

    @TempDir
    static Path folder;

    @Test
    void everyCallIsAllowedAndEveryAllowedActionIsCalledOrExplained() {
        try (LocalAws aws = LocalAws.start(folder);
                RecordingProxy s3 = RecordingProxy.before(endpoint(aws, S3));
                RecordingProxy dynamoDb = RecordingProxy.before(endpoint(aws, DYNAMODB));
                S3Client jars = S3Client.builder()
                        .endpointOverride(s3.uri())
                        .forcePathStyle(true)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
                EmbeddedRedshift redshift = EmbeddedRedshift.start("by-data-api", USER, PASSWORD);
                Workload workload = new Workload(
                        redshift,
                        new Ledger(redshift.tables()),
                        new WorkloadProfile(7, 0.5, 1, Duration.ofMinutes(2)))) {
            prepare(aws, redshift, workload);
            Map<String, String> environment = new HashMap<>(aws.environment());
            environment.put(S3, s3.uri().toString());
            environment.put(DYNAMODB, dynamoDb.uri().toString());
            aws.endpoint().runJobsWith(new SparkSubmitRunner(aws.workFolder(), environment, jars));
            startRuns(aws);
            aws.endpoint().forgetCalls();
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(CLUSTERS)
                            .allSatisfy(cluster ->
                                    assertThat(run(aws, cluster).jobRunState()).isIn(ENDED)));
            CLUSTERS.forEach(cluster -> {
                JobRun run = run(aws, cluster);
                assertThat(run.jobRunState()).as(run.errorMessage()).isEqualTo(JobRunState.SUCCEEDED);
            });
            // calls of the job, without those of this test
            assertThat(s3.calls()).as("more would be forgotten").hasSizeLessThan(20_000);
            List<Call> calls = RecordedCalls.of(Stream.of(aws.endpoint().calls(), s3.calls(), dynamoDb.calls())
                    .flatMap(List::stream)
                    .filter(call -> !call.operation().equals("GetJobRuns"))
                    .toList());
            PolicyEvaluation policies = deployment.policiesOf("JobRole");

            assertThat(calls)
                    .extracting(Call::action)
                    .contains(
                            "secretsmanager:GetSecretValue",
                            "kms:Decrypt",
                            "glue:UpdateTable",
                            "redshift-data:BatchExecuteStatement");
            assertThat(calls)
                    .as("what UNLOAD writes is written by the cluster's role")
                    .noneMatch(call -> call.action().equals("s3:PutObject")
                            && call.resource().contains("/" + Storage.STAGING + "/"));
            assertThat(policies.refused(calls)).isEmpty();
            assertThat(ServiceReference.refused(policies, calls)).isEmpty();
            assertThat(calls)
                    .as("only the values of the encryption context of our parameters and of secrets are allowed")
                    .filteredOn(call -> call.action().equals("kms:Decrypt"))
                    .hasSizeGreaterThan(1)
                    .flatExtracting(JobCallsIT::withForeignContext)
                    .noneMatch(policies::allows);
            Set<String> unused = new TreeSet<>(policies.unused(calls));
            unused.removeIf(action -> BY_GLUE_ITSELF.stream().anyMatch(action::startsWith));
            assertThat(unused).containsExactlyInAnyOrderElementsOf(NOT_SEEN_HERE.keySet());
            assertThat(List.of("FilesOfLakeAndStaging", "ListLakeAndStaging", "JarAndScript", "State"))
                    .as("without one of them calls are refused")
                    .allSatisfy(sid ->
                            assertThat(policies.without(sid).refused(calls)).isNotEmpty());
        }
    }

    private static URI endpoint(LocalAws aws, String variable) {
        return URI.create(aws.environment().getOrDefault(variable, ""));
    }

    private void prepare(LocalAws aws, EmbeddedRedshift redshift, Workload workload) {
        URI jar = URI.create(deployment.environment().jobJar());
        aws.createBucket(jar.getHost());
        aws.createBucket(LocalDeployment.BUCKET);
        aws.s3()
                .putObject(
                        put -> put.bucket(jar.getHost()).key(jar.getPath().substring(1)),
                        Artifacts.in(Path.of("..")).jobJar());
        String example = "own_large_orders.yaml";
        aws.s3()
                .putObject(
                        put -> put.bucket(LocalDeployment.BUCKET).key(Storage.OWN_EXPORTS + "/" + example),
                        Path.of("../examples/exports").resolve(example));
        LocalDeployment.put(
                aws.ssm(), ParameterNames.EXPORTS_PREFIX, "s3://" + LocalDeployment.BUCKET + "/" + Storage.OWN_EXPORTS);
        LocalDeployment.createStateTable(aws.dynamoDb());
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        workload.writeHistory(now.minusHours(1), now.minusMinutes(4));
        workload.finish();
        workload.advanceTo(now);
        aws.endpoint().warehouses().addCluster(redshift);
        redshift.unloadWith(UnloadSetup.to(aws.objectStore()));
        redshift.users().create(IDENTITY, null);
        redshift.users().grantRole(IDENTITY, "sys:monitor");
        aws.glue()
                .createConnection(create -> create.connectionInput(input -> input.name("theirs")
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(ConnectionPropertyKey.JDBC_CONNECTION_URL, redshift.jdbcUrl()))));
        String secret = aws.secretsManager()
                .createSecret(create -> create.name("theirs")
                        .secretString("{\"username\": \"" + USER + "\", \"password\": \"" + PASSWORD + "\"}"))
                .arn();
        LocalDeployment.putParameters(aws.ssm(), CLUSTERS.toArray(String[]::new));
        Map.of(
                        "by-secret.connection",
                        "theirs",
                        "by-secret.secret",
                        secret,
                        "by-password.connection",
                        "theirs",
                        "by-password.user",
                        USER,
                        "by-data-api.connection",
                        "redshift-data://by-data-api/" + redshift.database())
                .forEach((name, value) -> LocalDeployment.put(aws.ssm(), ParameterNames.PREFIX + name, value));
        LocalDeployment.put(
                aws.ssm(), ParameterNames.PREFIX + "by-password.password", PASSWORD, ParameterType.SECURE_STRING);
    }

    private void startRuns(LocalAws aws) {
        try (GlueClient glue = OrchestratorHandler.glueClientBuilder()
                        .endpointOverride(aws.endpoint().uri())
                        .build();
                RedshiftClient redshift = RedshiftClient.builder()
                        .endpointOverride(aws.endpoint().uri())
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            assertThat(new OrchestratorHandler(
                                    deployment.environment(),
                                    aws.ssm(),
                                    glue,
                                    aws.dynamoDb(),
                                    redshift,
                                    Clock.systemUTC())
                            .handleRequest(Map.of(), LocalDeployment.context())
                            .clusters())
                    .hasSize(CLUSTERS.size())
                    .allSatisfy(cluster -> assertThat(cluster.outcome())
                            .as(String.valueOf(cluster.detail()))
                            .isEqualTo("started"));
        }
    }

    /** The same decryption for something else than a parameter of ours or a secret, and without an encryption context. */
    private static List<Call> withForeignContext(Call decrypt) {
        Map<String, List<String>> without = new HashMap<>(decrypt.context());
        String key = without.keySet().stream()
                .filter(name -> name.startsWith("kms:EncryptionContext:"))
                .findFirst()
                .orElseThrow();
        without.remove(key);
        return List.of(
                decrypt.with(key, "arn:aws:ssm:eu-central-1:000000000000:parameter/theirs.password"),
                new Call(decrypt.action(), decrypt.resource(), without));
    }

    private static JobRun run(LocalAws aws, String cluster) {
        return aws.glue()
                .getJobRuns(get -> get.jobName(cluster + ResourceNames.JOB_SUFFIX))
                .jobRuns()
                .get(0);
    }
}
