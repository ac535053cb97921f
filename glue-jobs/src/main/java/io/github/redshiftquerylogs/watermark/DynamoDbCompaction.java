package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The entries {@code compaction} of clusters, and {@code expiry#<table>} of the lake. */
final class DynamoDbCompaction {

    private final DynamoDbClient dynamoDb;
    private final String tableName;

    DynamoDbCompaction(DynamoDbClient dynamoDb, String tableName) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
    }

    CompactionState load(ClusterName cluster) {
        Map<String, AttributeValue> item = dynamoDb.getItem(request ->
                        request.tableName(tableName).key(key(cluster)).consistentRead(true))
                .item();
        return new CompactionState(
                new DynamoDbStateItem(StateEntries.COMPACTION, item).day(StateAttributes.COMPACTED_THROUGH),
                DynamoDbSeals.attempt(item.get(StateAttributes.COMPACTING)));
    }

    void begin(ClusterName cluster, SealState.Attempt attempt) {
        dynamoDb.updateItem(request -> request.tableName(tableName)
                .key(key(cluster))
                .updateExpression("SET " + StateAttributes.COMPACTING + " = :attempt")
                .expressionAttributeValues(Map.of(":attempt", DynamoDbSeals.value(attempt))));
    }

    /** Replaces the entry, and so removes the attempt. */
    void close(ClusterName cluster, LocalDate through, LocalDateTime now) {
        Map<String, AttributeValue> item = new HashMap<>(key(cluster));
        item.put(StateAttributes.COMPACTED_THROUGH, AttributeValue.fromS(through.toString()));
        item.put(StateAttributes.COMPACTED_AT, DynamoDbExportState.value(now));
        dynamoDb.putItem(request -> request.tableName(tableName).item(item));
    }

    /** Claims the expiry of a table's snapshots on a day; false if a run has done so. */
    boolean claimExpiry(String table, String runId, LocalDate day) {
        AttributeValue today = AttributeValue.fromS(day.toString());
        try {
            dynamoDb.putItem(request -> request.tableName(tableName)
                    .item(Map.of(
                            ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(StateEntries.LAKE),
                            ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(StateEntries.expiry(table)),
                            StateAttributes.EXPIRED_ON, today,
                            StateAttributes.RUN_ID, AttributeValue.fromS(runId)))
                    // without an entry or attribute the comparison would be false
                    .conditionExpression("attribute_not_exists(" + StateAttributes.EXPIRED_ON + ") OR "
                            + StateAttributes.EXPIRED_ON + " <> :today")
                    .expressionAttributeValues(Map.of(":today", today)));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, AttributeValue> key(ClusterName cluster) {
        return DynamoDbExportState.entry(cluster, StateEntries.COMPACTION);
    }
}
