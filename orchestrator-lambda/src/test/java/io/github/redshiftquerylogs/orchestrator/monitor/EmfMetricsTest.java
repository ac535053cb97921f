package io.github.redshiftquerylogs.orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lines on the standard output, which CloudWatch reads. */
@Timeout(60)
class EmfMetricsTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");

    private static final String[] OF_A_TICK = {
        "Ticks",
        "FailedClusters",
        "MaxLagMinutes",
        "MaxLatenessMinutes",
        "ClustersNotMeasured",
        "PausedClusters",
        "ExportsRefused"
    };

    private static List<JsonNode> lines(TickMetrics... ticks) throws JsonProcessingException {
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            EmfMetrics metrics = new EmfMetrics();
            for (TickMetrics tick : ticks) {
                metrics.publish(tick);
            }
        } finally {
            System.setOut(before);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static JsonNode directive(JsonNode line) {
        assertThat(line.path("_aws").path("CloudWatchMetrics")).hasSize(1);
        return line.path("_aws").path("CloudWatchMetrics").path(0);
    }

    private static String dimensions(JsonNode line) {
        return directive(line).path("Dimensions").toString();
    }

    private static List<String> names(JsonNode line) {
        return directive(line).path("Metrics").findValuesAsText("Name");
    }

    @Test
    void whatAlarmsReadHasNoDimensionsAndWhatIsPerClusterHasOne() throws JsonProcessingException {
        List<JsonNode> lines = lines(new TickMetrics(
                Set.of("orders", "sales", "hr"),
                new TreeMap<>(Map.of(ORDERS, Duration.ofSeconds(90), SALES, Duration.ofHours(3))),
                new TreeMap<>(Map.of(ORDERS, Duration.ZERO, SALES, Duration.ofHours(2))),
                Set.of(new ClusterName("hr")),
                Set.of(new ClusterName("hr")),
                new TreeMap<>(Map.of(ORDERS, 2, SALES, 1)),
                new TreeMap<>(Map.of(SALES, 1234L))));
        assertThat(lines).hasSize(3);
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(directive(line).path("Namespace").asText()).isEqualTo("RedshiftQueryLogs"));

        JsonNode tick = lines.get(0);
        assertThat(dimensions(tick)).isEqualTo("[[]]");
        assertThat(names(tick)).containsExactlyInAnyOrder(OF_A_TICK);
        assertThat(tick.path("Ticks").asDouble()).isEqualTo(1);
        assertThat(tick.path("FailedClusters").asDouble()).isEqualTo(2);
        assertThat(tick.path("MaxLagMinutes").asDouble()).isEqualTo(180);
        assertThat(tick.path("MaxLatenessMinutes").asDouble()).isEqualTo(120);
        assertThat(tick.path("ClustersNotMeasured").asDouble()).isEqualTo(1);
        assertThat(tick.path("PausedClusters").asDouble()).isEqualTo(1);
        assertThat(tick.path("ExportsRefused").asDouble()).isEqualTo(3);

        JsonNode orders = lines.get(1);
        assertThat(dimensions(orders)).isEqualTo("[[\"ClusterName\"]]");
        assertThat(orders.path("ClusterName").asText()).isEqualTo("orders");
        assertThat(names(orders)).containsExactly("Lag");
        assertThat(orders.path("Lag").asDouble()).isEqualTo(1.5);

        JsonNode sales = lines.get(2);
        assertThat(sales.path("ClusterName").asText()).isEqualTo("sales");
        assertThat(names(sales)).containsExactlyInAnyOrder("Lag", "Rows");
        assertThat(sales.path("Rows").asDouble()).isEqualTo(1234);
    }

    @Test
    void aTickThatMeasuredNothingStillSaysThatItWas() throws JsonProcessingException {
        TickMetrics nothing = new TickMetrics(
                Set.of(), new TreeMap<>(), new TreeMap<>(), Set.of(), Set.of(), new TreeMap<>(), new TreeMap<>());
        assertThat(lines(nothing, nothing)).hasSize(2).allSatisfy(line -> {
            assertThat(dimensions(line)).isEqualTo("[[]]");
            // alarms take missing data for a breach
            assertThat(names(line)).containsExactlyInAnyOrder(OF_A_TICK);
            assertThat(line.path("MaxLatenessMinutes").asDouble(-1)).isZero();
            assertThat(line.path("Ticks").asDouble()).isEqualTo(1);
        });
    }
}
