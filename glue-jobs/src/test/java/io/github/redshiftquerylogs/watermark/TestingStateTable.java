package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The state table of a deployment, on DynamoDB Local. */
public record TestingStateTable(DynamoDbClient dynamoDb, String name) {

    /** Creates it, empty. */
    public static TestingStateTable create(DynamoDbClient dynamoDb, String name) {
        DynamoDbTables.create(dynamoDb, name, ResourceNames.STATE_PARTITION_KEY, ResourceNames.STATE_SORT_KEY);
        return new TestingStateTable(dynamoDb, name);
    }

    /** The attributes of an entry; none if it does not exist. */
    public Map<String, AttributeValue> item(String cluster, String entry) {
        return dynamoDb.getItem(get -> get.tableName(name)
                        .consistentRead(true)
                        .key(Map.of(
                                ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster),
                                ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry))))
                .item();
    }

    /** Deletes all items; says how many there were. */
    public int clear() {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        dynamoDb.scanPaginator(scan -> scan.tableName(name)).items().forEach(keys::add);
        for (Map<String, AttributeValue> item : keys) {
            dynamoDb.deleteItem(delete -> delete.tableName(name)
                    .key(Map.of(
                            ResourceNames.STATE_PARTITION_KEY, item.get(ResourceNames.STATE_PARTITION_KEY),
                            ResourceNames.STATE_SORT_KEY, item.get(ResourceNames.STATE_SORT_KEY))));
        }
        return keys.size();
    }
}
