package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.DynamoDbProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class DynamoDbStateTableIT extends StateTableContract {

    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final ClusterName HR = new ClusterName("hr");

    private static DynamoDbProcess process;
    private static DynamoDbClient dynamoDb;

    private String name = "";

    @BeforeAll
    static void start(@TempDir Path folder) {
        process = DynamoDbProcess.start(folder);
        dynamoDb = DynamoDbClient.builder().endpointOverride(process.uri()).build();
    }

    @AfterAll
    static void stop() {
        dynamoDb.close();
        process.close();
    }

    @BeforeEach
    void createTable() {
        name = "state-" + TABLES.incrementAndGet();
        TestingStateTable.create(dynamoDb, name);
    }

    @Override
    StateTable table() {
        return new DynamoDbStateTable(dynamoDb, name, Backoff.DEFAULT, Pause.REAL);
    }

    private Map<String, AttributeValue> item(ClusterName cluster, String entry) {
        return dynamoDb.getItem(request -> request.tableName(name).key(key(cluster, entry)))
                .item();
    }

    private static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        return Map.of(
                ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()),
                ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
    }

    @Override
    @Nullable String definition(ClusterName cluster) {
        AttributeValue hash = item(cluster, "definition").get("sha256");
        return hash == null ? null : hash.s();
    }

    @Test
    void anItemIsAsTheContractOfTheTableSays() {
        table().recordStart(HR, new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1"));
        assertThat(item(HR, "start#latest"))
                .isEqualTo(Map.of(
                        "cluster_name", AttributeValue.fromS("hr"),
                        "entry", AttributeValue.fromS("start#latest"),
                        "tick", AttributeValue.fromS("2026-11-19T10:05:00Z"),
                        "run_id", AttributeValue.fromS("jr_1")));
    }

    @Test
    void anEntryThatCannotBeReadCountsAsNoneAndHidesNoOther() {
        ClusterName orders = new ClusterName("orders");
        LastStart start = new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1");
        table().recordStart(orders, start);
        Map<String, AttributeValue> broken = new HashMap<>(key(HR, "start#latest"));
        broken.put("tick", AttributeValue.fromN("17"));
        dynamoDb.putItem(request -> request.tableName(name).item(broken));
        assertThat(table().lastStarts(List.of(HR, orders))).isEqualTo(Map.of(orders, start));
    }

    @Test
    void entriesOfTheJobAreNotTouched() {
        Map<String, AttributeValue> watermark = new HashMap<>(key(HR, "table#stl_query"));
        watermark.put("watermark", AttributeValue.fromS("2026-11-19T10:00:00"));
        dynamoDb.putItem(request -> request.tableName(name).item(watermark));
        table().recordStart(HR, new LastStart(Instant.parse("2026-11-19T10:05:00Z"), "jr_1"));
        table().recordDefinition(HR, "abc");
        assertThat(item(HR, "table#stl_query")).isEqualTo(watermark);
    }

    @Test
    void aTableThatIsNotThereIsNoEmptyTable() {
        StateTable missing = new DynamoDbStateTable(dynamoDb, "no-such-table", Backoff.DEFAULT, Pause.REAL);
        assertThatThrownBy(() -> missing.lastStarts(List.of(HR))).isInstanceOf(ResourceNotFoundException.class);
    }
}
