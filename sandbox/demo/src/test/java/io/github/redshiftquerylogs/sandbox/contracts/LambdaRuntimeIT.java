package io.github.redshiftquerylogs.sandbox.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRun;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Lambda's package under AWS's own runtime interface client, in a process of its own. */
@Timeout(240)
class LambdaRuntimeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String EVENT = """
            {"version": "0", "id": "1", "detail-type": "Scheduled Event", "source": "aws.scheduler",
             "account": "123456789012", "time": "%s", "region": "eu-central-1",
             "resources": [], "detail": {}}
            """;

    @TempDir
    private Path folder;

    @Test
    void scheduledEventGoesInAndResultsOfAllClustersComeOutAsJson() throws Exception {
        Path packaged = folder.resolve("task");
        LambdaProcess.unpack(packaged, List.of());
        try (DynamoDbProcess dynamoDb = DynamoDbProcess.start(folder);
                LocalAwsEndpoint aws = LocalAwsEndpoint.start(request -> JobRun.ended(JobOutcome.succeeded()));
                LambdaRuntimeApi api = new LambdaRuntimeApi()) {
            PackagedDeployment deployment = new PackagedDeployment(aws.uri(), dynamoDb.uri());
            deployment.createStateTable();
            deployment.putGlobalParameters("s3://lake/logs", "orders,Sales");
            deployment.putPassword("orders", "hunter-2-hunter");
            try (LambdaProcess lambda = LambdaProcess.start(
                    packaged,
                    api,
                    environment(aws.uri().toString(), dynamoDb.uri().toString()))) {
                String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
                api.send(EVENT.formatted(time));
                LambdaRuntimeApi.Answer answer = api.await(PATIENCE);
                assertThat(answer).as(lambda.log()).isNotNull();
                assertThat(answer.path()).as(lambda.log()).isEqualTo("invocation/response");
                JsonNode result = JsonMapper.builder().build().readTree(answer.body());
                assertThat(result.path("tick").asText()).isEqualTo(time);
                assertThat(result.path("clusters")).hasSize(2);
                assertThat(result.path("clusters").path(0).path("cluster").asText())
                        .isEqualTo("Sales");
                assertThat(result.path("clusters").path(0).path("outcome").asText())
                        .isEqualTo("misconfigured");
                assertThat(result.path("clusters").path(1).path("outcome").asText())
                        .isEqualTo("started");
                assertThat(result.path("clusters").path(1).path("runId").asText())
                        .startsWith("jr_");
                assertThat(lambda.log()).contains("\"outcome\":\"started\"").doesNotContain("hunter-2-hunter");

                // the same process is called again, as Lambda does
                api.send("{\"time\": \"yesterday\"}");
                answer = api.await(PATIENCE);
                assertThat(answer).isNotNull();
                assertThat(answer.path()).isEqualTo("invocation/error");
                assertThat(answer.body()).contains("event: time = 'yesterday': expected an instant in UTC");
            }
        }
    }

    @Test
    void withoutItsVariablesItsStartFailsAndSaysWhichAreMissing() throws Exception {
        LambdaRuntimeApi.Answer answer = initError(List.of(), Map.of("AWS_REGION", "eu-central-1"));
        assertThat(answer).isNotNull();
        assertThat(answer.body())
                .contains("JOB_JAR = (missing): expected the S3 URI of the job's jar; JOB_SCRIPT = (missing)");
    }

    /** The negative control: a class that is missing in the package makes the test fail. */
    @Test
    void withoutOneOfItsClassesItsStartFails() throws Exception {
        LambdaRuntimeApi.Answer answer = initError(
                List.of("software/amazon/awssdk/http/urlconnection/"),
                environment("http://127.0.0.1:1", "http://127.0.0.1:1"));
        assertThat(answer).isNotNull();
        assertThat(answer.body()).contains("software/amazon/awssdk/http/urlconnection/UrlConnectionHttpClient");
    }

    @Test
    void thePackageDoesNotBringTheRuntimeInterfaceClient() throws IOException {
        try (JarFile jar = new JarFile(Packages.lambdaJar().toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .as("the managed runtime has it, in its own version")
                    .noneMatch(name -> name.startsWith("com/amazonaws/services/lambda/runtime/api/client/"))
                    .noneMatch(name -> name.endsWith(".so"));
        }
    }

    private LambdaRuntimeApi.@Nullable Answer initError(List<String> without, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path packaged = folder.resolve("task");
        LambdaProcess.unpack(packaged, without);
        try (LambdaRuntimeApi api = new LambdaRuntimeApi();
                LambdaProcess lambda = LambdaProcess.start(packaged, api, environment)) {
            LambdaRuntimeApi.Answer answer = api.await(PATIENCE);
            assertThat(answer).as(lambda.log()).isNotNull();
            assertThat(answer.path()).as(lambda.log()).isEqualTo("init/error");
            assertThat(lambda.hasEnded(PATIENCE)).isTrue();
            return answer;
        }
    }

    private static Map<String, String> environment(String aws, String dynamoDb) {
        Map<String, String> environment = new HashMap<>(PackagedDeployment.CREDENTIALS);
        environment.put("AWS_ENDPOINT_URL", aws);
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb);
        environment.put("JOB_JAR", "s3://artifacts/job.jar");
        environment.put("JOB_SCRIPT", "s3://artifacts/ExportJob.scala");
        return environment;
    }
}
