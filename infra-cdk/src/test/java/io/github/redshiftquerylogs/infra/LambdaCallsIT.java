package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.RecordedCalls;
import io.github.redshiftquerylogs.infra.policy.ServiceReference;
import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRun;
import io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbProcess;
import io.github.redshiftquerylogs.sandbox.aws.servers.RecordingProxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Evaluates the Lambda's policy for its calls, which the local AWS records. */
@NeedsNode
class LambdaCallsIT {

    /** Actions in the policy that no tick of this test needs. */
    private static final Map<String, String> NOT_SEEN_HERE = Map.ofEntries(
            Map.entry("logs:CreateLogStream", "by Lambda itself"),
            Map.entry("logs:PutLogEvents", "by Lambda itself"),
            Map.entry("xray:PutTraceSegments", "by Lambda itself"),
            Map.entry("xray:PutTelemetryRecords", "by Lambda itself"),
            Map.entry("sqs:SendMessage", "by Lambda itself, for a call that was dropped"),
            Map.entry("sqs:GetQueueAttributes", "beside sqs:SendMessage in what the CDK grants"),
            Map.entry("sqs:GetQueueUrl", "beside sqs:SendMessage in what the CDK grants"),
            Map.entry("sqs:ReceiveMessage", "by Lambda itself, for changed parameters"),
            Map.entry("sqs:DeleteMessage", "by Lambda itself, for changed parameters"),
            Map.entry("sqs:ChangeMessageVisibility", "beside sqs:ReceiveMessage in what the CDK grants"));

    @TempDir
    static Path folder;

    private final LocalDeployment deployment = new LocalDeployment();
    private LocalAwsEndpoint aws;
    private DynamoDbProcess dynamoDbProcess;
    private RecordingProxy recordedDynamoDb;

    @BeforeEach
    void start() {
        aws = LocalAwsEndpoint.start(request -> JobRun.ended(JobOutcome.succeeded()));
        dynamoDbProcess = DynamoDbProcess.start(folder);
        recordedDynamoDb = RecordingProxy.before(dynamoDbProcess.uri());
    }

    @AfterEach
    void stop() {
        recordedDynamoDb.close();
        dynamoDbProcess.close();
        aws.close();
    }

    @Test
    void everyCallIsAllowedAndEveryAllowedActionIsCalledOrExplained() {
        int port = 5439;
        try (SsmClient ssm = SsmClient.builder()
                        .endpointOverride(aws.uri())
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
                GlueClient glue = OrchestratorHandler.glueClientBuilder()
                        .endpointOverride(aws.uri())
                        .build();
                RedshiftClient redshift = RedshiftClient.builder()
                        .endpointOverride(aws.uri())
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
                DynamoDbClient dynamoDb = DynamoDbClient.builder()
                        .endpointOverride(recordedDynamoDb.uri())
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            LocalDeployment.createStateTable(dynamoDb);
            LocalDeployment.putParameters(ssm, "finance");
            LocalDeployment.put(ssm, "redshift_query_logs.finance.user", "query_logs");
            LocalDeployment.put(
                    ssm, "redshift_query_logs.finance.password", "correct horse", ParameterType.SECURE_STRING);
            aws.forgetCalls();
            recordedDynamoDb.forgetCalls();

            // the first tick creates the connection and the job of the cluster; days later, the job is compared with
            // its definition, and, since no run has succeeded, the connection with the cluster, which has moved
            for (String time : List.of("2026-11-19T10:05:00Z", "2026-11-21T10:05:00Z", "2026-11-22T22:05:00Z")) {
                aws.warehouses().addCluster(ClusterDetails.of("finance", "127.0.0.1", port++, "dev"));
                TickResult result = new OrchestratorHandler(
                                deployment.environment(),
                                ssm,
                                glue,
                                dynamoDb,
                                redshift,
                                Clock.fixed(Instant.parse(time), ZoneOffset.UTC))
                        .handleRequest(Map.of("time", time), LocalDeployment.context());
                assertThat(result.clusters())
                        .extracting(cluster -> cluster.outcome())
                        .containsExactly("started");
            }
        }
        List<Call> calls = new ArrayList<>(RecordedCalls.of(aws.calls()));
        calls.addAll(RecordedCalls.of(recordedDynamoDb.calls()));
        PolicyEvaluation policies = deployment.policiesOf("OrchestrationRole");

        assertThat(calls)
                .extracting(Call::action)
                .contains("glue:CreateConnection", "glue:UpdateConnection", "ssm:PutParameter", "iam:PassRole");
        assertThat(policies.refused(calls)).isEmpty();
        assertThat(ServiceReference.refused(policies, calls)).isEmpty();
        assertThat(policies.unused(calls)).containsExactlyInAnyOrderElementsOf(NOT_SEEN_HERE.keySet());
        assertThat(policies.without("State").refused(calls))
                .as("the calls are seen")
                .extracting(Call::action)
                .contains("dynamodb:BatchGetItem", "dynamodb:PutItem");
    }
}
