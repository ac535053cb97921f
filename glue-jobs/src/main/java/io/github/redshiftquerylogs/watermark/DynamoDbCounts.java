package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The entries {@code count#<table>}: the last day that was counted, and the claim of the run that is counting. */
final class DynamoDbCounts {

    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final DynamoDbClaim claim;

    DynamoDbCounts(DynamoDbClient dynamoDb, String tableName) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.claim = new DynamoDbClaim(dynamoDb, tableName);
    }

    Optional<LocalDate> closedDay(ClusterName cluster, String table) {
        return new DynamoDbStateItem(StateEntries.count(table), item(cluster, table)).day(StateAttributes.DAY);
    }

    boolean claim(ClusterName cluster, String table, String runId, LocalDateTime now, Duration length) {
        return claim.of(cluster, StateEntries.count(table), runId, now, length);
    }

    /** Replaces the entry, and so removes the claim. */
    void close(ClusterName cluster, String table, ClosedDay closed, LocalDateTime now) {
        Map<String, AttributeValue> item = new HashMap<>(key(cluster, table));
        item.put(StateAttributes.DAY, AttributeValue.fromS(closed.day().toString()));
        item.put(StateAttributes.COUNTED_AT, DynamoDbExportState.value(now));
        closed.totals().ifPresent(totals -> {
            item.put(StateAttributes.SOURCE_ROWS, AttributeValue.fromN(Long.toString(totals.sourceRows())));
            item.put(StateAttributes.LAKE_ROWS, AttributeValue.fromN(Long.toString(totals.lakeRows())));
            if (!totals.differingHours().isEmpty()) {
                item.put(
                        StateAttributes.DIFFERING_HOURS,
                        AttributeValue.fromS(totals.differingHours().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))));
            }
        });
        dynamoDb.putItem(request -> request.tableName(tableName).item(item));
    }

    private Map<String, AttributeValue> item(ClusterName cluster, String table) {
        return dynamoDb.getItem(request ->
                        request.tableName(tableName).key(key(cluster, table)).consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> key(ClusterName cluster, String table) {
        return DynamoDbExportState.entry(cluster, StateEntries.count(table));
    }
}
