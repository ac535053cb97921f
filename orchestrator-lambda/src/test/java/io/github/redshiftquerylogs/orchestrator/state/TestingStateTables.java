package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbProcess;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbTables;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local with a state table for each test. */
public final class TestingStateTables implements AutoCloseable {

    private final AtomicInteger created = new AtomicInteger();
    private final DynamoDbProcess process;
    private final DynamoDbClient dynamoDb;

    public TestingStateTables(Path workFolder) {
        process = DynamoDbProcess.start(workFolder);
        dynamoDb = DynamoDbClient.builder().endpointOverride(process.uri()).build();
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** Creates an empty table and returns its name. */
    public String create() {
        String name = "state-" + created.incrementAndGet();
        create(dynamoDb, name);
        return name;
    }

    public static void create(DynamoDbClient dynamoDb, String name) {
        DynamoDbTables.create(dynamoDb, name, ResourceNames.STATE_PARTITION_KEY, ResourceNames.STATE_SORT_KEY);
    }

    @Override
    public void close() {
        dynamoDb.close();
        process.close();
    }
}
