package io.github.redshiftquerylogs.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.Pause;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class DynamoDbStateTableIT extends StateTableContract {

    private static final ClusterName HR = new ClusterName("hr");

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
    StateTable table() {
        return new DynamoDbStateTable(tables.dynamoDb(), name, new Retrier(Pause.REAL));
    }

    private Map<String, AttributeValue> item(ClusterName cluster, String entry) {
        return tables.dynamoDb()
                .getItem(request -> request.tableName(name).key(key(cluster, entry)))
                .item();
    }

    private static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        return Map.of(
                ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()),
                ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
    }

    @Override
    void endRun(ClusterName cluster, String runId, String status) {
        Map<String, AttributeValue> run = new HashMap<>(key(cluster, "run#latest"));
        run.put("run_id", AttributeValue.fromS(runId));
        run.put("status", AttributeValue.fromS(status));
        run.put("started_at", AttributeValue.fromS("2026-11-19T10:05:07Z"));
        run.put("finished_at", AttributeValue.fromS("2026-11-19T10:06:31Z"));
        run.put("summary", AttributeValue.fromS("{}"));
        tables.dynamoDb().putItem(request -> request.tableName(name).item(run));
    }

    @Test
    void anItemIsAsTheContractOfTheTableSays() {
        table().recordStart(HR, new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1", 2, "jr_0"));
        table().recordDefinition(HR, "abc");
        assertThat(item(HR, "definition")).containsEntry("sha256", AttributeValue.fromS("abc"));
        assertThat(item(HR, "start#latest"))
                .isEqualTo(Map.of(
                        "cluster_name", AttributeValue.fromS("hr"),
                        "entry", AttributeValue.fromS("start#latest"),
                        "tick", AttributeValue.fromS("2026-11-19T10:05:00Z"),
                        "run_id", AttributeValue.fromS("jr_1"),
                        "failures", AttributeValue.fromN("2"),
                        "last_run_seen", AttributeValue.fromS("jr_0")));
    }

    @Test
    void anEntryThatCannotBeReadCountsAsNoneAndHidesNoOther() {
        ClusterName orders = new ClusterName("orders");
        LastStart start = new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1", 0, null);
        table().recordStart(orders, start);
        Map<String, AttributeValue> broken = new HashMap<>(key(HR, "start#latest"));
        broken.put("tick", AttributeValue.fromN("17"));
        tables.dynamoDb().putItem(request -> request.tableName(name).item(broken));
        assertThat(table().read(List.of(HR, orders)))
                .isEqualTo(Map.of(HR, ClusterHistory.NONE, orders, ClusterHistory.NONE.with(start)));
    }

    @Test
    void aStartOfAReleaseThatCountedNoFailuresHasNone() {
        Map<String, AttributeValue> old = new HashMap<>(key(HR, "start#latest"));
        old.put("tick", AttributeValue.fromS("2026-11-19T10:05:00Z"));
        old.put("run_id", AttributeValue.fromS("jr_1"));
        tables.dynamoDb().putItem(request -> request.tableName(name).item(old));
        assertThat(table().read(List.of(HR)))
                .isEqualTo(Map.of(
                        HR,
                        ClusterHistory.NONE.with(
                                new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1", 0, null))));
    }

    @Test
    void entriesOfTheJobAreNotTouched() {
        Map<String, AttributeValue> watermark = new HashMap<>(key(HR, "table#stl_query"));
        watermark.put("watermark", AttributeValue.fromS("2026-11-19T10:00:00"));
        tables.dynamoDb().putItem(request -> request.tableName(name).item(watermark));
        table().recordStart(HR, new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1", 0, null));
        table().recordDefinition(HR, "abc");
        assertThat(item(HR, "table#stl_query")).isEqualTo(watermark);
    }

    @Test
    void aMissingTableIsNotAnEmptyTable() {
        StateTable missing = new DynamoDbStateTable(tables.dynamoDb(), "no-such-table", new Retrier(Pause.REAL));
        assertThatThrownBy(() -> missing.read(List.of(HR))).isInstanceOf(ResourceNotFoundException.class);
    }
}
