package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The state table in DynamoDB, shared with the job. The Lambda owns two entries of a cluster: {@code start#latest}
 * ({@code tick}, {@code run_id}) and {@code definition} ({@code sha256}).
 *
 * <p>Thread-safe.
 */
final class DynamoDbStateTable implements StateTable {

    static final String START_ENTRY = "start#latest";
    static final String TICK = "tick";
    static final String RUN_ID = "run_id";
    static final String DEFINITION_ENTRY = "definition";
    static final String SHA256 = "sha256";

    /** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
    private static final int KEYS_PER_CALL = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbStateTable.class);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Backoff backoff;
    private final Pause pause;

    DynamoDbStateTable(DynamoDbClient dynamoDb, String table, Backoff backoff, Pause pause) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.backoff = backoff;
        this.pause = pause;
    }

    /** {@inheritDoc} An entry that cannot be read counts as none: the cluster is started, and the entry written anew. */
    @Override
    public Map<ClusterName, LastStart> lastStarts(Collection<ClusterName> clusters) {
        List<ClusterName> unique = clusters.stream().distinct().toList();
        Map<ClusterName, LastStart> lastStarts = new HashMap<>();
        for (int first = 0; first < unique.size(); first += KEYS_PER_CALL) {
            List<ClusterName> call = unique.subList(first, Math.min(first + KEYS_PER_CALL, unique.size()));
            read(call, lastStarts);
        }
        return lastStarts;
    }

    @Override
    public void recordStart(ClusterName cluster, LastStart start) {
        Map<String, AttributeValue> item = key(cluster, START_ENTRY);
        item.put(TICK, AttributeValue.fromS(start.tick().toString()));
        item.put(RUN_ID, AttributeValue.fromS(start.runId()));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    @Override
    public void recordDefinition(ClusterName cluster, String hash) {
        Map<String, AttributeValue> item = key(cluster, DEFINITION_ENTRY);
        item.put(SHA256, AttributeValue.fromS(hash));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    private void read(List<ClusterName> clusters, Map<ClusterName, LastStart> lastStarts) {
        Map<String, KeysAndAttributes> pending = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(clusters.stream()
                                .map(cluster -> key(cluster, START_ENTRY))
                                .toList())
                        .consistentRead(true)
                        .build());
        // an answer may be a part of what was asked, and as long as parts come there is progress
        for (int fruitless = 0; !pending.isEmpty(); ) {
            Map<String, KeysAndAttributes> asked = pending;
            BatchGetItemResponse response = dynamoDb.batchGetItem(request -> request.requestItems(asked));
            List<Map<String, AttributeValue>> items = response.responses().getOrDefault(table, List.of());
            items.forEach(item -> put(item, lastStarts));
            pending = response.unprocessedKeys();
            fruitless = items.isEmpty() ? fruitless + 1 : 0;
            if (!pending.isEmpty()) {
                waitAfter(fruitless, clusters.size());
            }
        }
    }

    private void waitAfter(int fruitless, int clusters) {
        if (fruitless >= backoff.attempts()) {
            throw new IllegalStateException("table " + table + " was asked " + fruitless
                    + " times for the last starts of " + clusters + " clusters and left all unprocessed");
        }
        try {
            pause.of(backoff.pauseAfter(
                    fruitless + 1, ThreadLocalRandom.current().nextDouble()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the last starts", e);
        }
    }

    private static void put(Map<String, AttributeValue> item, Map<ClusterName, LastStart> lastStarts) {
        String cluster = text(item, ResourceNames.STATE_PARTITION_KEY);
        try {
            lastStarts.put(
                    new ClusterName(cluster), new LastStart(Instant.parse(text(item, TICK)), text(item, RUN_ID)));
        } catch (DateTimeException e) {
            LOG.warn("the last start of {} is not readable and is taken for none: {}", cluster, item, e);
        }
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        @Nullable AttributeValue value = item.get(attribute);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()));
        key.put(ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
        return key;
    }
}
