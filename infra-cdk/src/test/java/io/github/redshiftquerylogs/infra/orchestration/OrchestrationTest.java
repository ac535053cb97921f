package io.github.redshiftquerylogs.infra.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsNode
class OrchestrationTest {

    private final SynthesizedStack stack = SynthesizedStack.standard();
    private final JsonNode function = stack.properties("AWS::Lambda::Function", "OrchestrationFunction");

    @Test
    void theLambdaIsJava21OnArmWithTimeForAHundredClusters() throws ClassNotFoundException {
        assertThat(function.path("Runtime").asText()).isEqualTo("java21");
        assertThat(function.at("/Architectures/0").asText()).isEqualTo("arm64");
        assertThat(function.path("MemorySize").asInt()).isEqualTo(1024);
        assertThat(function.path("Timeout").asInt()).isEqualTo(120);
        assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
        assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
        assertThat(Class.forName(function.path("Handler").asText())).isNotNull();
    }

    @Test
    void itsVariablesAreThoseThatItReads() {
        Map<String, String> variables = new HashMap<>();
        new TemplateValues(Map.of("StorageStateTable08B675A0", "state-table"))
                .resolve(function.at("/Environment/Variables"))
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));

        Environment environment = Environment.parse(variables);

        assertThat(environment.jobJar()).matches("s3://cdk-.*-assets-000000000000-eu-central-1/[0-9a-f]{64}\\.jar");
        assertThat(environment.jobScript()).matches("s3://cdk-.*/[0-9a-f]{64}\\.scala");
        assertThat(environment.stateTable()).isEqualTo("state-table");
        assertThat(environment.database()).isEqualTo("redshift_query_logs_db");
        assertThat(variables)
                .containsEntry("JOB_WORKERS", "2")
                .containsEntry("JOB_WORKER_TYPE", "G.1X")
                .doesNotContainKey("JOB_SECURITY_CONFIGURATION")
                .containsEntry("JOB_LOG_GROUP_PREFIX", "/redshift-query-logs/jobs-0a1b2c3d");
        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
        assertThat(variables.toString().length()).isLessThan(4096);
    }

    @Test
    void aTickIsNeitherRepeatedNorLate() {
        JsonNode schedule = stack.properties("AWS::Scheduler::Schedule", "");

        assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("rate(5 minutes)");
        assertThat(schedule.at("/Target/RetryPolicy/MaximumRetryAttempts").asInt(-1))
                .isZero();
        assertThat(schedule.at("/Target/RetryPolicy/MaximumEventAgeInSeconds").asInt())
                .isEqualTo(300);
        assertThat(schedule.at("/Target/DeadLetterConfig/Arn").toString()).contains("OrchestrationDeadLetters");
        // the Lambda takes this time as the time of the tick
        assertThat(schedule.at("/Target/Input").asText()).isEqualTo("{\"time\":\"<aws.scheduler.scheduled-time>\"}");
        JsonNode invocation = stack.properties("AWS::Lambda::EventInvokeConfig", "OrchestrationFunction");
        assertThat(invocation.path("MaximumRetryAttempts").asInt(-1)).isZero();
        assertThat(invocation.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(300);
        assertThat(invocation.at("/DestinationConfig/OnFailure/Destination").toString())
                .contains("OrchestrationDeadLetters");
    }

    @Test
    void theScheduleIsAnOption() {
        assertThat(SynthesizedStack.with(Map.of("scheduleMinutes", "15"))
                        .properties("AWS::Scheduler::Schedule", "")
                        .path("ScheduleExpression")
                        .asText())
                .isEqualTo("rate(15 minutes)");
    }

    @Test
    void aChangeOfAParameterOfOursIsAnEarlyTick() {
        JsonNode rule = stack.properties("AWS::Events::Rule", "Orchestration");

        assertThat(rule.path("EventPattern").path("source").toString()).isEqualTo("[\"aws.ssm\"]");
        assertThat(rule.path("EventPattern").path("detail-type").toString()).isEqualTo("[\"Parameter Store Change\"]");
        assertThat(rule.at("/EventPattern/detail/name").toString())
                .isEqualTo("[{\"prefix\":\"redshift_query_logs.\"}]");
        assertThat(rule.at("/Targets/0/RetryPolicy/MaximumRetryAttempts").asInt(-1))
                .isZero();
    }

    /** Forty clusters that are added at once are hundreds of changes. */
    @Test
    void changesAreCollectedIntoOneTick() {
        String queue = stack.resources("AWS::SQS::Queue").keySet().stream()
                .filter(id -> id.startsWith("OrchestrationParameterChanges"))
                .findFirst()
                .orElseThrow();
        JsonNode source = stack.properties("AWS::Lambda::EventSourceMapping", "Orchestration");
        JsonNode properties = stack.properties("AWS::SQS::Queue", "OrchestrationParameterChanges");

        assertThat(stack.properties("AWS::Events::Rule", "Orchestration")
                        .path("Targets")
                        .toString())
                .contains(queue)
                .doesNotContain("OrchestrationFunction");
        assertThat(source.path("EventSourceArn").toString()).contains(queue);
        assertThat(source.path("FunctionName").toString()).contains("OrchestrationFunction");
        assertThat(source.path("MaximumBatchingWindowInSeconds").asInt()).isEqualTo(30);
        assertThat(source.path("BatchSize").asInt()).isGreaterThanOrEqualTo(1000);
        assertThat(source.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(2);
        // a failed tick is not repeated: the messages expire first
        assertThat(properties.path("VisibilityTimeout").asInt())
                .isGreaterThan(properties.path("MessageRetentionPeriod").asInt())
                .isGreaterThanOrEqualTo(6 * function.path("Timeout").asInt());
    }

    @Test
    void theLambdaMayTakeChangesAndTheRuleMayBringThem() {
        String queue = "arn:aws:sqs:eu-central-1:000000000000:"
                + stack.resources("AWS::SQS::Queue").keySet().stream()
                        .filter(id -> id.startsWith("OrchestrationParameterChanges"))
                        .findFirst()
                        .orElseThrow();
        PolicyEvaluation lambda = stack.policiesOf("OrchestrationRole");

        for (String action : List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")) {
            assertThat(lambda.allows(Call.of(action, queue))).isTrue();
            assertThat(lambda.allows(Call.of(action, queue + "-other"))).isFalse();
        }
        assertThat(stack.properties("AWS::SQS::QueuePolicy", "OrchestrationParameterChanges")
                        .toString())
                .contains("events.amazonaws.com", "sqs:SendMessage", "aws:SourceArn");
    }

    @Test
    void theDeadLetterQueueIsEncryptedAndRefusesRequestsWithoutTls() {
        assertThat(stack.properties("AWS::SQS::Queue", "OrchestrationDeadLetters")
                        .path("SqsManagedSseEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(stack.properties("AWS::SQS::QueuePolicy", "OrchestrationDeadLetters")
                        .toString())
                .contains("\"aws:SecureTransport\":\"false\"");
    }

    @Test
    void logsAreKeptAsLongAsTheOptionSays() {
        assertThat(stack.resources("AWS::Logs::LogGroup").values())
                .isNotEmpty()
                .allSatisfy(
                        log -> assertThat(log.at("/Properties/RetentionInDays").asInt())
                                .isEqualTo(30));
        assertThat(SynthesizedStack.with(Map.of("logRetentionDays", "545"))
                        .resources("AWS::Logs::LogGroup")
                        .values())
                .isNotEmpty()
                .allSatisfy(
                        log -> assertThat(log.at("/Properties/RetentionInDays").asInt())
                                .isEqualTo(545));
    }
}
