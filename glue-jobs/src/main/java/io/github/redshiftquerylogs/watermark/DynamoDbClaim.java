package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** A claim of a run in an entry of the state table, so that of two runs at the same time only one does a work. */
final class DynamoDbClaim {

    private final DynamoDbClient dynamoDb;
    private final String tableName;

    DynamoDbClaim(DynamoDbClient dynamoDb, String tableName) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
    }

    /** Claims an entry; false if another claim holds. */
    boolean of(ClusterName cluster, String entry, String runId, LocalDateTime now, Duration length) {
        Map<String, AttributeValue> item = item(cluster, entry);
        Optional<LocalDateTime> until = new DynamoDbStateItem(entry, item).time(StateAttributes.CLAIM_UNTIL);
        // further away than any clock explains: nobody has written it
        boolean taken = until.filter(time -> time.isAfter(now) && time.isBefore(now.plus(length.multipliedBy(2))))
                .isPresent();
        if (taken) {
            return false;
        }
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":run", AttributeValue.fromS(runId));
        values.put(":until", DynamoDbExportState.value(now.plus(length)));
        AttributeValue seen = item.get(StateAttributes.CLAIM_UNTIL);
        if (seen != null) {
            values.put(":seen", seen);
        }
        try {
            dynamoDb.updateItem(request -> request.tableName(tableName)
                    .key(DynamoDbExportState.entry(cluster, entry))
                    .updateExpression("SET " + StateAttributes.CLAIM_RUN + " = :run, " + StateAttributes.CLAIM_UNTIL
                            + " = :until")
                    .conditionExpression(
                            seen == null
                                    ? "attribute_not_exists(" + StateAttributes.CLAIM_UNTIL + ")"
                                    : StateAttributes.CLAIM_UNTIL + " = :seen")
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private Map<String, AttributeValue> item(ClusterName cluster, String entry) {
        return dynamoDb.getItem(request -> request.tableName(tableName)
                        .key(DynamoDbExportState.entry(cluster, entry))
                        .consistentRead(true))
                .item();
    }
}
