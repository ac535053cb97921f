package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.redshiftquerylogs.cluster.ParameterNames;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.RecordedCalls;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import io.github.redshiftquerylogs.orchestrator.Environment;
import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The job's policy against what the packaged job really calls, made and started by the Lambda: one cluster by JDBC with a
 * secret, one with a password, one by the Data API as the job's identity. What DynamoDB and S3 are asked is not recorded.
 */
@NeedsNode
class JobCallsIT {

    private static final String USER = "exporter";
    private static final String PASSWORD = "correct horse";
    private static final String IDENTITY = "IAMR:" + LocalCredentials.DEFAULT.accessKeyId();
    private static final Set<String> CLUSTERS = Set.of("by-secret", "by-password", "by-data-api");
    private static final Set<JobRunState> ENDED =
            Set.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);

    /** In the policy, but not among the calls here; those of S3 and DynamoDB are not recorded. */
    private static final Map<String, String> NOT_SEEN_HERE = Map.of(
            "redshift-data:CancelStatement", "when a statement takes too long",
            "redshift:GetClusterCredentials", "for a cluster by the Data API with a user",
            "redshift-serverless:GetCredentials", "for a workgroup",
            "glue:GetSecurityConfiguration", "by Glue itself");

    private static final List<String> ELSEWHERE = List.of("s3:", "dynamodb:", "logs:", "ec2:");

    @TempDir
    static Path folder;

    @Test
    void everyCallIsAllowedAndEveryAllowedActionIsCalledOrExplained() {
        try (LocalAws aws = LocalAws.start(folder);
                EmbeddedRedshift redshift = EmbeddedRedshift.start("by-data-api", USER, PASSWORD);
                Workload workload = new Workload(
                        redshift,
                        new Ledger(redshift.tables()),
                        new WorkloadProfile(7, 0.5, 1, Duration.ofMinutes(2)))) {
            prepare(aws, redshift, workload);
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
            // the job's, without what this test asks itself
            List<Call> calls = RecordedCalls.of(aws.endpoint().calls().stream()
                    .filter(call -> !call.operation().equals("GetJobRuns"))
                    .toList());
            PolicyEvaluation policies = policies();

            assertThat(calls)
                    .extracting(Call::action)
                    .contains(
                            "secretsmanager:GetSecretValue",
                            "kms:Decrypt",
                            "glue:UpdateTable",
                            "redshift-data:ExecuteStatement");
            assertThat(policies.refused(calls)).isEmpty();
            Set<String> unused = new TreeSet<>(policies.unused(calls));
            unused.removeIf(action -> ELSEWHERE.stream().anyMatch(action::startsWith));
            assertThat(unused).containsExactlyInAnyOrderElementsOf(NOT_SEEN_HERE.keySet());
        }
    }

    private static PolicyEvaluation policies() {
        SynthesizedStack stack = SynthesizedStack.standard();
        return new TemplateValues(Map.of()).policiesOf(stack.template(), "JobRole");
    }

    private static void prepare(LocalAws aws, EmbeddedRedshift redshift, Workload workload) {
        aws.createBucket("artifacts");
        aws.createBucket("lake");
        aws.s3()
                .putObject(
                        put -> put.bucket("artifacts").key("job.jar"),
                        Artifacts.in(Path.of("..")).jobJar());
        createTable(aws);
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
        put(aws, ParameterNames.ENABLED_CLUSTER_LIST, String.join(",", CLUSTERS), ParameterType.STRING_LIST);
        put(aws, ParameterNames.S3_PREFIX, "s3://lake/lake", ParameterType.STRING);
        put(aws, ParameterNames.TEMPDIR, "s3://lake/staging", ParameterType.STRING);
        put(aws, ParameterNames.ROLE, "job", ParameterType.STRING);
        put(aws, "redshift_query_logs.by-secret.connection", "theirs", ParameterType.STRING);
        put(aws, "redshift_query_logs.by-secret.secret", secret, ParameterType.STRING);
        put(aws, "redshift_query_logs.by-password.connection", "theirs", ParameterType.STRING);
        put(aws, "redshift_query_logs.by-password.user", USER, ParameterType.STRING);
        put(aws, "redshift_query_logs.by-password.password", PASSWORD, ParameterType.SECURE_STRING);
        put(
                aws,
                "redshift_query_logs.by-data-api.connection",
                "redshift-data://by-data-api/" + redshift.database(),
                ParameterType.STRING);
    }

    private static void put(LocalAws aws, String name, String value, ParameterType type) {
        aws.ssm().putParameter(put -> put.name(name).value(value).type(type));
    }

    private static void createTable(LocalAws aws) {
        aws.dynamoDb()
                .createTable(request -> request.tableName("export_state")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(List.of(text("cluster_name"), text("entry")))
                        .keySchema(List.of(key("cluster_name", KeyType.HASH), key("entry", KeyType.RANGE))));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void startRuns(LocalAws aws) {
        try (GlueClient glue = OrchestratorHandler.glueClientBuilder()
                        .endpointOverride(aws.endpoint().uri())
                        .build();
                RedshiftClient redshift = RedshiftClient.builder()
                        .endpointOverride(aws.endpoint().uri())
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            Environment environment = new Environment(
                    "s3://artifacts/job.jar", "s3://artifacts/export.scala", "export_state", ResourceNames.DATABASE);
            assertThat(new OrchestratorHandler(
                                    environment, aws.ssm(), glue, aws.dynamoDb(), redshift, Clock.systemUTC())
                            .handleRequest(Map.of(), context())
                            .clusters())
                    .hasSize(CLUSTERS.size())
                    .allSatisfy(cluster -> assertThat(cluster.outcome())
                            .as(String.valueOf(cluster.detail()))
                            .isEqualTo("started"));
        }
    }

    private static JobRun run(LocalAws aws, String cluster) {
        return aws.glue()
                .getJobRuns(get -> get.jobName(cluster + ResourceNames.JOB_SUFFIX))
                .jobRuns()
                .get(0);
    }

    /** Of a Lambda that has two minutes left. */
    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getRemainingTimeInMillis")) {
                        return 120_000;
                    }
                    return method.getReturnType() == String.class
                            ? "test"
                            : method.getReturnType() == int.class ? 0 : null;
                });
    }
}
