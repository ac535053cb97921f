package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The entries {@code seal}: how far the days of a cluster are sealed, and the claim of the run that seals. */
final class DynamoDbSeals {

    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final DynamoDbClaim claim;

    DynamoDbSeals(DynamoDbClient dynamoDb, String tableName) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.claim = new DynamoDbClaim(dynamoDb, tableName);
    }

    SealState load(ClusterName cluster) {
        Map<String, AttributeValue> item = dynamoDb.getItem(request ->
                        request.tableName(tableName).key(key(cluster)).consistentRead(true))
                .item();
        return new SealState(
                new DynamoDbStateItem(StateEntries.SEAL, item).day(StateAttributes.SEALED_THROUGH),
                attempt(item.get(StateAttributes.SEALING)));
    }

    /** A stored attempt; empty if there is none or it is not readable. */
    static Optional<SealState.Attempt> attempt(@Nullable AttributeValue stored) {
        return Optional.ofNullable(stored)
                .flatMap(value -> Optional.ofNullable(value.s()))
                .flatMap(DynamoDbSeals::attempt);
    }

    static AttributeValue value(SealState.Attempt attempt) {
        return AttributeValue.fromS(attempt.table() + " " + attempt.day());
    }

    private static Optional<SealState.Attempt> attempt(String text) {
        String[] parts = text.split(" ", 2);
        try {
            return Optional.of(new SealState.Attempt(parts[0], LocalDate.parse(parts[parts.length - 1])));
        } catch (DateTimeParseException e) {
            // it only changes an order
            return Optional.empty();
        }
    }

    boolean claim(ClusterName cluster, String runId, LocalDateTime now, Duration length) {
        return claim.of(cluster, StateEntries.SEAL, runId, now, length);
    }

    void begin(ClusterName cluster, SealState.Attempt attempt) {
        dynamoDb.updateItem(request -> request.tableName(tableName)
                .key(key(cluster))
                .updateExpression("SET " + StateAttributes.SEALING + " = :attempt")
                .expressionAttributeValues(Map.of(":attempt", value(attempt))));
    }

    /** Replaces the entry, and so removes attempt and claim. */
    void close(ClusterName cluster, LocalDate through, String head, LocalDateTime now) {
        Map<String, AttributeValue> item = new HashMap<>(key(cluster));
        item.put(StateAttributes.SEALED_THROUGH, AttributeValue.fromS(through.toString()));
        item.put(StateAttributes.SEAL_HEAD, AttributeValue.fromS(head));
        item.put(StateAttributes.SEALED_AT, DynamoDbExportState.value(now));
        dynamoDb.putItem(request -> request.tableName(tableName).item(item));
    }

    private static Map<String, AttributeValue> key(ClusterName cluster) {
        return DynamoDbExportState.entry(cluster, StateEntries.SEAL);
    }
}
