package io.github.redshiftquerylogs.sandbox.demo.chaos;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Claims of runs in the state table. The claim of a run that was killed ends after half an hour; a demonstration does not wait
 * for that.
 */
public record DeadClaims(DynamoDbClient dynamoDb) {

    /** Ends all claims. No run is going on. */
    public void end() {
        for (Map<String, AttributeValue> item : dynamoDb.scanPaginator(
                        scan -> scan.tableName(ResourceNames.STATE_TABLE).consistentRead(true))
                .items()) {
            if (item.containsKey(StateAttributes.CLAIM_UNTIL)) {
                dynamoDb.updateItem(update -> update.tableName(ResourceNames.STATE_TABLE)
                        .key(Map.of(
                                ResourceNames.STATE_PARTITION_KEY,
                                item.getOrDefault(ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS("")),
                                ResourceNames.STATE_SORT_KEY,
                                item.getOrDefault(ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(""))))
                        .updateExpression("REMOVE " + StateAttributes.CLAIM_RUN + ", " + StateAttributes.CLAIM_UNTIL));
            }
        }
    }
}
