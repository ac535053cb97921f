package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Synthesis with the pinned command line, the app as {@code cdk.json} starts it, and the built jars. */
@NeedsNode
class CdkSynthIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path output;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        NodeModules.install();
    }

    private record Result(int code, String output, String errors) {}

    @Test
    void synthesisCreatesOneStackWithoutViolations() throws Exception {
        Result result = synth("-c", "clusters=product-warehouse,category-management");

        assertThat(result.code()).as(result.errors()).isZero();
        assertThat(output.resolve("redshift-query-logs.template.json")).exists();
        assertThat(violations()).isEmpty();
        assertThat(JSON.readTree(output.resolve("redshift-query-logs.assets.json")
                                .toFile())
                        .path("files")
                        .toString())
                .contains(".jar", ".scala");
        assertThat(result.errors()).contains("2 clusters:  every 60 min $");
        assertThat(result.output()).doesNotContain("every 60 min $");
    }

    @Test
    void synthesisAcceptsEveryOption() throws Exception {
        Result result = synth(
                "-c", "clusters=finance",
                "-c", "bucket=old-lake",
                "-c", "scheduleMinutes=10",
                "-c", "alarmEmail=who@example.org",
                "-c", "lagAlarmMinutes=600",
                "-c", "logRetentionDays=90",
                "-c", "glueWorkers=4",
                "-c", "glueWorkerType=G.2X",
                "-c", "vpc=vpc-0abc1234",
                "-c", "subnets=subnet-0abc1234",
                "-c", "endpoints=create",
                "-c", "lakeFormation=true",
                "-c", "tableOptimizers=true",
                "-c", "exports=../examples/exports",
                "-c", "publishedNamespaces=1a2b3c_sys",
                "-c", "catalogKey=arn:aws:kms:eu-central-1:123456789012:key/1a2b");

        assertThat(result.code()).as(result.errors()).isZero();
        assertThat(violations()).containsExactly("Annotation::redshift-query-logs:endpoints");
        assertThat(result.errors())
                .contains("endpoints=create leads ssm, glue, kms,", "for everything in vpc-0abc1234");
    }

    @Test
    void eachInvalidOptionIsReportedInOneLineWithoutStackTrace() throws Exception {
        Result result = synth("-c", "clusters=Finance", "-c", "alarmMail=a@example.org");

        assertThat(result.code()).isNotZero();
        assertThat(result.errors())
                .contains("context key = 'alarmMail': expected one of clusters, bucket, ")
                .contains("clusters = 'Finance': expected a lower-case letter")
                .doesNotContain("\tat ")
                .doesNotContain("Exception");
    }

    @Test
    void theRootFolderSaysWhereTheAppIs() throws Exception {
        Result result = run(Path.of(".."), List.of("infra-cdk/node_modules/.bin/cdk", "synth", "--no-notices"));

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains("The CDK app is in infra-cdk").contains("cd infra-cdk && npm ci");
    }

    private List<String> violations() throws IOException {
        List<String> violations = new ArrayList<>();
        JsonNode report = JSON.readTree(output.resolve("validation-report.json").toFile());
        assertThat(report.path("pluginReports").findValuesAsText("pluginName")).contains("AwsSolutions");
        report.path("pluginReports")
                .forEach(plugin -> plugin.path("violations")
                        .forEach(violation ->
                                violations.add(violation.path("ruleName").asText())));
        return violations;
    }

    private Result synth(String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("npx", "--no", "cdk", "synth", "--no-notices", "-o", output.toString()));
        command.addAll(List.of(options));
        return run(Path.of("."), command);
    }

    private static Result run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("synth", ".out");
        Path err = Files.createTempFile("synth", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // without credentials, so that no account is looked up; the app uses the JDK of this test
        builder.environment()
                .putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "CDK_DISABLE_CLI_TELEMETRY", "true"));
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        Process cdk = builder.start();
        if (!cdk.waitFor(5, TimeUnit.MINUTES)) {
            cdk.destroyForcibly();
            throw new AssertionError("cdk synth did not end: " + Files.readString(err));
        }
        return new Result(
                cdk.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
