package io.github.redshiftquerylogs.orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.call.Pause;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster;
import io.github.redshiftquerylogs.orchestrator.connection.TestingClusters;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.DynamoDbItems;
import io.github.redshiftquerylogs.orchestrator.state.DynamoDbStateTable;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.orchestrator.state.TestingStateTables;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbMonitorTableIT extends MonitorTableContract {

    private static final ClusterName HR = new ClusterName("hr");
    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final DateTimeFormatter SIX_DECIMALS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    @AutoClose
    private static TestingStateTables tables;

    private String name = "";

    @BeforeAll
    static void start(@TempDir Path folder) {
        tables = new TestingStateTables(folder);
    }

    @BeforeEach
    void createTable() {
        name = tables.create();
    }

    @Override
    MonitorTable table() {
        return new DynamoDbMonitorTable(tables.dynamoDb(), name);
    }

    @Override
    StateTable stateTable() {
        return new DynamoDbStateTable(tables.dynamoDb(), name, new Retrier(Pause.REAL));
    }

    private void put(ClusterName cluster, String entry, Map<String, String> attributes) {
        Map<String, AttributeValue> item = DynamoDbItems.key(cluster, entry);
        attributes.forEach((attribute, text) -> item.put(attribute, AttributeValue.fromS(text)));
        tables.dynamoDb().putItem(request -> request.tableName(name).item(item));
    }

    private Map<String, AttributeValue> item(String entry) {
        return tables.dynamoDb()
                .getItem(request -> request.tableName(name).key(DynamoDbItems.key(HR, entry)))
                .item();
    }

    @Override
    void read(ClusterName cluster, String table, LocalDateTime upTo) {
        put(cluster, "table#" + table, Map.of("read_up_to", SIX_DECIMALS.format(upTo), "table_uuid", "5f"));
    }

    @Override
    void begin(ClusterName cluster, String table) {
        put(cluster, "table#" + table, Map.of("attempt_run", "jr_1", "attempt_from", "2026-11-12T00:00:00.000000"));
    }

    @Override
    void select(ClusterName cluster, SelectedExports exports) {
        Map<String, AttributeValue> item = DynamoDbItems.key(cluster, "exports");
        item.put("default_exports", AttributeValue.fromS("suitable"));
        item.put(
                "selected",
                map(exports.since().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, since -> since.getValue().toString()))));
        item.put(
                "selected_snapshots",
                map(exports.snapshots().stream()
                        .collect(Collectors.toMap(name -> name, name -> "2026-11-19T10:00:00Z"))));
        item.put("refused", map(exports.refused().stream().collect(Collectors.toMap(name -> name, name -> "GRANT"))));
        item.put("absent", map(exports.absent().stream().collect(Collectors.toMap(name -> name, name -> "…"))));
        tables.dynamoDb().putItem(request -> request.tableName(name).item(item));
    }

    private static AttributeValue map(Map<String, String> texts) {
        return AttributeValue.fromM(texts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, text -> AttributeValue.fromS(text.getValue()))));
    }

    @Test
    void exportsThatAreNotReadableAreUnknown() {
        for (AttributeValue broken : List.of(
                AttributeValue.fromS("stl_query"),
                map(Map.of("stl_query", "None")),
                AttributeValue.fromM(Map.of("stl_query", AttributeValue.fromN("1"))))) {
            Map<String, AttributeValue> item = DynamoDbItems.key(HR, "exports");
            item.put("selected", broken);
            item.put("selected_snapshots", map(Map.of("pg_user", "2026-11-19T10:00:00Z")));
            tables.dynamoDb().putItem(request -> request.tableName(name).item(item));
            assertThat(table().watermarks(HR).exports()).isEmpty();
        }
    }

    @Override
    void endRun(ClusterName cluster, String runId, long first, long second) {
        endRun(
                cluster,
                runId,
                "{\"run_id\":\"" + runId + "\",\"tables\":[{\"table\":\"stl_query\",\"rows\":" + first
                        + "},{\"table\":\"stl_scan\",\"rows\":" + second + ",\"error\":\"…\"}]}");
    }

    private void endRun(ClusterName cluster, String runId, String summary) {
        put(cluster, "run#latest", Map.of("run_id", runId, "status", "succeeded", "summary", summary));
    }

    @Test
    void aDescriptionIsAsTheContractOfTheTableSays() {
        table().recordInventory(HR, TICK, Optional.of(TestingClusters.available("hr")));
        Map<String, AttributeValue> expected = new HashMap<>(Map.of(
                "cluster_name", AttributeValue.fromS("hr"),
                "entry", AttributeValue.fromS("description"),
                "account_id", AttributeValue.fromS("123456789012"),
                "region", AttributeValue.fromS("eu-central-1"),
                "cluster_identifier", AttributeValue.fromS("hr"),
                "node_type", AttributeValue.fromS("ra3.xlplus"),
                "number_of_nodes", AttributeValue.fromN("2"),
                "namespace_arn", AttributeValue.fromS(TestingClusters.NAMESPACE),
                "described_at", AttributeValue.fromS("2026-11-19T10:05:00Z")));
        assertThat(item("description")).isEqualTo(expected);
        assertThat(item("seen"))
                .isEqualTo(Map.of(
                        "cluster_name", AttributeValue.fromS("hr"),
                        "entry", AttributeValue.fromS("seen"),
                        "first_tick", AttributeValue.fromS("2026-11-19T10:05:00Z"),
                        "last_look", AttributeValue.fromS("2026-11-19T10:05:00Z")));

        // a cluster that is gone leaves its last description
        table().recordInventory(HR, TICK.plusSeconds(86_400), Optional.empty());
        assertThat(item("description")).isEqualTo(expected);
    }

    @Test
    void whatIsNotKnownOfAClusterIsLeftOut() {
        ProvisionedCluster known = TestingClusters.available("hr");
        table().recordInventory(
                        HR,
                        TICK,
                        Optional.of(new ProvisionedCluster(
                                "hr",
                                "available",
                                Optional.empty(),
                                Optional.empty(),
                                "dev",
                                known.network(),
                                "dc2.large",
                                1,
                                Optional.empty())));
        assertThat(item("description"))
                .containsOnlyKeys(
                        "cluster_name", "entry", "cluster_identifier", "node_type", "number_of_nodes", "described_at");
    }

    @Test
    void aSummaryThatIsNoJsonHasNoRows() {
        endRun(HR, "jr_1", "out of paper");
        assertThat(table().rows(HR, "jr_1")).isEmpty();
    }

    @Test
    void aRunThatCouldReadNothingHasNone() {
        endRun(HR, "jr_1", "{\"run_id\":\"jr_1\",\"error\":\"unreachable\",\"tables\":[]}");
        assertThat(table().rows(HR, "jr_1")).hasValue(0);
    }

    @Test
    void aCountedRunOfAClusterThatWasNeverNotedHidesNothing() {
        table().claimRows(HR, "jr_1");
        assertThat(stateTable().read(List.of(HR))).isEqualTo(Map.of(HR, ClusterHistory.NONE));
        table().recordFirstTick(HR, TICK);
        assertThat(stateTable().read(List.of(HR)))
                .isEqualTo(Map.of(HR, ClusterHistory.NONE.with(new TickNotes(TICK, null, "jr_1"))));
    }

    @Test
    void aWatermarkThatIsNotReadableHidesNoOther() {
        LocalDateTime early = LocalDateTime.parse("2026-11-19T09:00:00");
        for (AttributeValue broken : List.of(
                AttributeValue.fromS("None"),
                AttributeValue.fromS("2026-11-19T08:00:00Z"),
                AttributeValue.fromS("-999999999-01-01T00:00:00"),
                AttributeValue.fromN("17"))) {
            Map<String, AttributeValue> item = DynamoDbItems.key(HR, "table#stl_scan");
            item.put("read_up_to", broken);
            tables.dynamoDb().putItem(request -> request.tableName(name).item(item));
            assertThat(table().watermarks(HR))
                    .isEqualTo(new Watermarks(Map.of(), Set.of(), Set.of("stl_scan"), Optional.empty()));
            read(HR, "stl_query", early);
            assertThat(table().watermarks(HR))
                    .isEqualTo(
                            new Watermarks(Map.of("stl_query", early), Set.of(), Set.of("stl_scan"), Optional.empty()));
            tables.dynamoDb()
                    .deleteItem(request -> request.tableName(name).key(DynamoDbItems.key(HR, "table#stl_query")));
        }
    }

    @Test
    void aFirstTickThatIsNotReadableIsHealed() {
        put(HR, "seen", Map.of("first_tick", "None", "last_look", "2026-11-19T10:05:00Z"));
        table().recordFirstTick(HR, TICK);
        assertThat(stateTable().read(List.of(HR)))
                .as("recording it once more does not replace it")
                .isEqualTo(Map.of(HR, ClusterHistory.NONE.with(new TickNotes(null, TICK, null))));
        table().replaceFirstTick(HR, TICK);
        assertThat(stateTable().read(List.of(HR)))
                .isEqualTo(Map.of(HR, ClusterHistory.NONE.with(new TickNotes(TICK, TICK, null))));
    }
}
