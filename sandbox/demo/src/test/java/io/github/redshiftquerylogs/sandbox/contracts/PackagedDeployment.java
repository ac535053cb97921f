package io.github.redshiftquerylogs.sandbox.contracts;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A deployment by hand, by SDK calls as described in {@code docs/contracts.md}. */
final class PackagedDeployment {

    /** The variables that the SDKs read; any credentials are accepted. */
    static final Map<String, String> CREDENTIALS = Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local-secret");

    private final URI aws;
    private final URI dynamoDb;

    PackagedDeployment(URI aws, URI dynamoDb) {
        this.aws = aws;
        this.dynamoDb = dynamoDb;
    }

    void createStateTable() {
        try (DynamoDbClient client =
                DynamoDbClient.builder().endpointOverride(dynamoDb).build()) {
            client.createTable(request -> request.tableName("export_state")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(text("cluster_name"), text("entry"))
                    .keySchema(List.of(key("cluster_name", KeyType.HASH), key("entry", KeyType.RANGE))));
        }
    }

    /** The global parameters that a tick requires. */
    void putGlobalParameters(String s3Prefix, String enabledClusters) {
        put("redshift_query_logs.global.enabled_cluster_list", ParameterType.STRING_LIST, enabledClusters);
        put("redshift_query_logs.global.s3_prefix", ParameterType.STRING, s3Prefix);
        put("redshift_query_logs.global.tempdir", ParameterType.STRING, s3Prefix + "/temp");
        put("redshift_query_logs.global.role", ParameterType.STRING, "redshift-query-logs-job");
        put("redshift_query_logs.global.exports", ParameterType.STRING, "core");
    }

    /** The parameters that a cluster with an existing Glue connection requires. */
    void putPassword(String cluster, String password) {
        put("redshift_query_logs." + cluster + ".connection", ParameterType.STRING, cluster + "-connection");
        put("redshift_query_logs." + cluster + ".user", ParameterType.STRING, "query_log_exporter");
        put("redshift_query_logs." + cluster + ".password", ParameterType.SECURE_STRING, password);
    }

    void put(String name, ParameterType type, String value) {
        try (SsmClient client = SsmClient.builder().endpointOverride(aws).build()) {
            client.putParameter(request -> request.name(name).type(type).value(value));
        }
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }
}
