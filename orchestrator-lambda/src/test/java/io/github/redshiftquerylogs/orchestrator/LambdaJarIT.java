package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.orchestrator.state.TestingStateTables;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRun;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The packaged jar in a process of its own, with nothing of this build on its class path but the caller. */
@Timeout(120)
class LambdaJarIT {

    @TempDir
    private Path folder;

    private final String tick = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-lambda.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String run(Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jar() + File.pathSeparator + Path.of("target", "test-classes"),
                        "io.github.redshiftquerylogs.orchestrator.LambdaJarMain",
                        tick)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    @Test
    void theJarStartsJobsByItselfAndRemembersThemAndTellsNoSecret() throws IOException, InterruptedException {
        try (LocalAwsEndpoint aws = LocalAwsEndpoint.start(request -> JobRun.ended(JobOutcome.succeeded()));
                DynamoDbProcess dynamoDb = DynamoDbProcess.start(folder);
                DynamoDbClient table = DynamoDbClient.builder()
                        .endpointOverride(dynamoDb.uri())
                        .build();
                SsmClient ssm = SsmClient.builder().endpointOverride(aws.uri()).build()) {
            TestingStateTables.create(table, "export_state");
            TestingParameters.withClusters("orders", "Sales")
                    .values()
                    .forEach((name, value) -> ssm.putParameter(request -> request.name(name)
                            .value(value)
                            .type(name.endsWith(".password") ? ParameterType.SECURE_STRING : ParameterType.STRING)));
            Map<String, String> environment = Map.of(
                    "JOB_JAR",
                    "s3://artifacts/jobs.jar",
                    "JOB_SCRIPT",
                    "s3://artifacts/export.scala",
                    "AWS_ENDPOINT_URL",
                    aws.uri().toString(),
                    "AWS_ENDPOINT_URL_DYNAMODB",
                    dynamoDb.uri().toString());

            String first = run(environment);
            List<JsonNode> lines = first.lines()
                    .filter(line -> line.startsWith("{"))
                    .map(LambdaJarIT::json)
                    .toList();
            assertThat(lines)
                    .filteredOn(line -> line.has("outcome"))
                    .extracting(
                            line -> line.path("cluster").asText(),
                            line -> line.path("outcome").asText(),
                            line -> line.path("function_name").asText())
                    .containsExactly(
                            tuple("Sales", "misconfigured", "orchestrator"),
                            tuple("orders", "started", "orchestrator"));
            assertThat(first).contains("TickResult[tick=" + tick).doesNotContain(TestingParameters.PASSWORD);

            assertThat(lines)
                    .filteredOn(line -> line.has("_aws"))
                    .extracting(
                            line -> line.path("ClusterName").asText("none"),
                            line -> line.path("Ticks").asInt(-1),
                            line -> line.path("FailedClusters").asInt(-1),
                            line -> line.path("Lag").asInt(-1))
                    .containsExactly(tuple("none", 1, 1, -1), tuple("orders", -1, -1, 0));

            // another process, the same tick: it knows what the first one did
            assertThat(run(environment)).contains("ClusterResult[cluster=orders, outcome=not_due");
            assertThat(aws.callCount("CreateJob")).isEqualTo(1);
            assertThat(aws.callCount("StartJobRun")).isEqualTo(1);
        }
    }

    @Test
    void withoutItsVariablesItSaysWhichAreMissing() throws IOException, InterruptedException {
        assertThat(run(Map.of()))
                .contains("JOB_JAR = (missing): expected the S3 URI of the job's jar; JOB_SCRIPT = (missing)");
    }

    @Test
    void thereIsOneHttpClientInTheJarAndNoTestCode() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<String> classes = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(classes)
                    .contains("software/amazon/awssdk/http/urlconnection/UrlConnectionHttpClient.class")
                    .noneMatch(name -> name.startsWith("io/netty/"))
                    .noneMatch(name -> name.startsWith("org/apache/http/"))
                    .noneMatch(name -> name.startsWith("org/junit/"))
                    .noneMatch(name -> name.contains("redshiftquerylogs/sandbox"));
        }
        assertThat(Files.size(jar())).isLessThan(50L * 1024 * 1024);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + line, e);
        }
    }
}
