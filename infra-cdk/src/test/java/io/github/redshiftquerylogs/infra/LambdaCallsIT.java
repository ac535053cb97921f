package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.redshiftquerylogs.cluster.ParameterNames;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.RecordedCalls;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import io.github.redshiftquerylogs.orchestrator.Environment;
import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.orchestrator.TickResult;
import io.github.redshiftquerylogs.sandbox.aws.ClusterDescription;
import io.github.redshiftquerylogs.sandbox.aws.DynamoDbProcess;
import io.github.redshiftquerylogs.sandbox.aws.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.JobRun;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The policies against what the Lambda really calls: it runs, the local AWS records, IAM's rules judge. */
@NeedsNode
class LambdaCallsIT {

    private static final String ROLE = "redshift-query-logs-job-eu-central-1";

    /** In the policy, but in none of the ticks here. */
    private static final Map<String, String> NOT_SEEN_HERE = Map.of(
            "glue:GetConnection", "only where a connection of that name is there already",
            "glue:UpdateConnection", "only when the cluster's address or the security groups have changed",
            "logs:CreateLogStream", "by Lambda itself",
            "logs:PutLogEvents", "by Lambda itself",
            "xray:PutTraceSegments", "by Lambda itself",
            "xray:PutTelemetryRecords", "by Lambda itself",
            "sqs:SendMessage", "by Lambda itself, for a call that was dropped",
            "sqs:GetQueueAttributes", "beside sqs:SendMessage in what the CDK grants",
            "sqs:GetQueueUrl", "beside sqs:SendMessage in what the CDK grants");

    @TempDir
    static Path folder;

    private final List<String> dynamoDbActions = Collections.synchronizedList(new ArrayList<>());
    private LocalAwsEndpoint aws;
    private DynamoDbProcess dynamoDbProcess;

    @BeforeEach
    void start() {
        aws = LocalAwsEndpoint.start(request -> new JobRun() {
            @Override
            public CompletableFuture<JobOutcome> outcome() {
                return CompletableFuture.completedFuture(JobOutcome.succeeded());
            }

            @Override
            public void stop() {}
        });
        dynamoDbProcess = DynamoDbProcess.start(folder);
    }

    @AfterEach
    void stop() {
        dynamoDbProcess.close();
        aws.close();
    }

    @Test
    void everyCallIsAllowedAndEveryAllowedActionIsCalledOrExplained() {
        aws.warehouses().addCluster(ClusterDescription.of("finance", "127.0.0.1", 5439, "dev"));
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
                        .endpointOverride(dynamoDbProcess.uri())
                        .httpClient(UrlConnectionHttpClient.create())
                        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(new Recorder()))
                        .build()) {
            createTable(dynamoDb);
            putParameters(ssm);
            aws.forgetCalls();
            dynamoDbActions.clear();

            // the first tick connects the cluster and makes its job; days later the job is compared with its definition
            for (String time : List.of("2026-11-19T10:05:00Z", "2026-11-21T10:05:00Z", "2026-11-22T22:05:00Z")) {
                TickResult result = new OrchestratorHandler(
                                environment(), ssm, glue, dynamoDb, redshift, Clock.systemUTC())
                        .handleRequest(Map.of("time", time), context());
                assertThat(result.clusters())
                        .extracting(cluster -> cluster.outcome())
                        .containsExactly("started");
            }
        }
        List<Call> calls = new ArrayList<>(RecordedCalls.of(aws.calls()));
        dynamoDbActions.forEach(
                action -> calls.add(Call.of(action, "state-table").with("aws:RequestedRegion", "eu-central-1")));
        PolicyEvaluation policies = policies();

        assertThat(calls)
                .extracting(Call::action)
                .contains("glue:CreateConnection", "ssm:PutParameter", "iam:PassRole");
        assertThat(policies.refused(calls)).isEmpty();
        assertThat(policies.unused(calls)).containsExactlyInAnyOrderElementsOf(NOT_SEEN_HERE.keySet());
    }

    private static PolicyEvaluation policies() {
        SynthesizedStack stack = SynthesizedStack.standard();
        Map<String, String> values = new HashMap<>();
        values.put(stack.resources("AWS::DynamoDB::GlobalTable").firstKey() + ".Arn", "state-table");
        stack.resources("AWS::IAM::Role").keySet().stream()
                .filter(id -> id.startsWith("JobRole"))
                .forEach(id -> values.put(id + ".Arn", "arn:aws:iam::000000000000:role/" + ROLE));
        return new TemplateValues(values).policiesOf(stack.template(), "OrchestrationRole");
    }

    private static Environment environment() {
        return new Environment(
                "s3://artifacts/jobs.jar", "s3://artifacts/export.scala", "export_state", "redshift_query_logs_db");
    }

    private static void createTable(DynamoDbClient dynamoDb) {
        dynamoDb.createTable(request -> request.tableName("export_state")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(attribute("cluster_name"), attribute("entry")))
                .keySchema(List.of(key("cluster_name", KeyType.HASH), key("entry", KeyType.RANGE))));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void putParameters(SsmClient ssm) {
        Map.of(
                        ParameterNames.ENABLED_CLUSTER_LIST,
                        "finance",
                        ParameterNames.S3_PREFIX,
                        "s3://lake/lake",
                        ParameterNames.TEMPDIR,
                        "s3://lake/staging",
                        ParameterNames.ROLE,
                        ROLE,
                        "redshift_query_logs.finance.user",
                        "query_logs",
                        "redshift_query_logs.finance.password",
                        "correct horse")
                .forEach((name, value) -> ssm.putParameter(request -> request.name(name)
                        .value(value)
                        .type(name.endsWith("password") ? ParameterType.SECURE_STRING : ParameterType.STRING)));
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

    private final class Recorder implements ExecutionInterceptor {

        @Override
        public void beforeExecution(
                software.amazon.awssdk.core.interceptor.Context.BeforeExecution context,
                ExecutionAttributes attributes) {
            dynamoDbActions.add("dynamodb:" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        }
    }
}
