package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ResourceNames;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The DynamoDB table as a deployment makes it. */
final class TestingStateTable {

    private TestingStateTable() {}

    static void create(DynamoDbClient dynamoDb, String table) {
        dynamoDb.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                        key(ResourceNames.STATE_PARTITION_KEY, KeyType.HASH),
                        key(ResourceNames.STATE_SORT_KEY, KeyType.RANGE))
                .attributeDefinitions(text(ResourceNames.STATE_PARTITION_KEY), text(ResourceNames.STATE_SORT_KEY)));
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
