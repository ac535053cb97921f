package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.junit.jupiter.api.Test;

/** The log lines, by the configuration in the jar. */
class LogTest {

    @Test
    void eachClusterIsOneJsonObjectOnALineOfItsOwnBetweenStartAndEndOfTheTick() throws IOException {
        String log = logOf(() -> TestingServices.handler(
                        new TestingServices().services(TestingParameters.withClusters("orders", "Sales\n{x")))
                .handleRequest(Map.of("time", "2026-11-19T10:05:00Z"), TestingContext.begun()));

        List<JsonNode> lines = new ArrayList<>();
        for (String line : log.lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .extracting(line -> line.path("message").asText())
                .containsExactly("tick started", "cluster", "cluster", "tick ended");
        assertThat(lines).extracting(line -> line.path("tick").asText()).containsOnly("2026-11-19T10:05:00Z");

        JsonNode end = lines.get(3);
        assertThat(end.path("level").asText()).isEqualTo("INFO");
        assertThat(end.path("clusters").asInt()).isEqualTo(2);
        assertThat(end.path("outcomes").toString()).isEqualTo("{\"misconfigured\":1,\"started\":1}");

        JsonNode broken = lines.get(1);
        assertThat(broken.path("level").asText()).isEqualTo("ERROR");
        assertThat(broken.path("cluster").asText()).isEqualTo("Sales\n{x");
        assertThat(broken.path("outcome").asText()).isEqualTo("misconfigured");
        assertThat(broken.has("run_id")).isFalse();

        JsonNode started = lines.get(2);
        assertThat(started.path("level").asText()).isEqualTo("INFO");
        assertThat(started.path("cluster").asText()).isEqualTo("orders");
        assertThat(started.path("outcome").asText()).isEqualTo("started");
        assertThat(started.path("run_id").asText()).isEqualTo("jr_1");
        assertThat(started.path("tick").asText()).isEqualTo("2026-11-19T10:05:00Z");
        assertThat(started.path("detail").asText()).isEqualTo("its job was created");
        assertThat(started.path("function_name").asText()).isEqualTo("orchestrator");
        assertThat(started.path("function_request_id").asText()).isEqualTo("8b3c2f0e-request");
        assertThat(log).doesNotContain(TestingParameters.PASSWORD);
    }

    @Test
    void aPasswordThatIsStoredInClearIsSaidInEveryTickAsAWarningAndInTheResult() throws IOException {
        TestingServices services = new TestingServices();
        TestingParameters parameters =
                TestingParameters.withClusters("orders", "sales").putPlainPassword("orders");
        String warning = "WARNING: redshift_query_logs.orders.password is stored in clear, as a String: expected a"
                + " SecureString; store a new password and change it in the cluster";
        for (String end : List.of("; its job was created", "; last started by the tick of")) {
            List<TickResult> results = new ArrayList<>();
            String log = logOf(() -> results.add(services.tick(parameters, TestingServices.NOW)));
            assertThat(results.get(0).clusters().get(0).detail()).startsWith(warning + end);
            assertThat(results.get(0).clusters().get(1).detail()).doesNotContain("WARNING");
            List<JsonNode> warnings = new ArrayList<>();
            for (String line : log.lines().toList()) {
                JsonNode json = new ObjectMapper().readTree(line);
                if (json.path("level").asText().equals("WARN")) {
                    warnings.add(json);
                }
            }
            assertThat(warnings)
                    .extracting(line -> line.path("message").asText())
                    .containsExactly("orders: " + warning);
            assertThat(log).doesNotContain(TestingParameters.PASSWORD);
        }
    }

    private static String logOf(Runnable work) {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        StringWriter written = new StringWriter();
        Appender console = Objects.requireNonNull(configuration.getAppender("Json"), "the appender of log4j2.xml");
        WriterAppender appender = WriterAppender.newBuilder()
                .setName("test")
                .setTarget(written)
                .setLayout((StringLayout) console.getLayout())
                .build();
        appender.start();
        configuration.getRootLogger().addAppender(appender, Level.INFO, null);
        try {
            work.run();
        } finally {
            configuration.getRootLogger().removeAppender("test");
            appender.stop();
        }
        return written.toString();
    }
}
