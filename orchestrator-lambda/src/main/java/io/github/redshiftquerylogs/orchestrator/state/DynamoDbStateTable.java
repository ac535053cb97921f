package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * {@link StateTable} in DynamoDB. Reads and writes the entries {@code start#latest} and {@code definition}; reads the job's
 * {@code run#latest}, and {@code seen}, which monitoring writes.
 *
 * <p>Thread-safe.
 */
public final class DynamoDbStateTable implements StateTable {

    private static final List<String> ENTRIES =
            List.of(StateEntries.LATEST_START, StateEntries.DEFINITION, StateEntries.LATEST_RUN, StateEntries.SEEN);

    /**
     * The attributes that are read, by placeholders, because {@code status} is a reserved word. Without {@code summary},
     * which can be long.
     */
    private static final Map<String, String> ATTRIBUTES = Map.ofEntries(
            Map.entry("#cluster", ResourceNames.STATE_PARTITION_KEY),
            Map.entry("#entry", ResourceNames.STATE_SORT_KEY),
            Map.entry("#tick", StateAttributes.TICK),
            Map.entry("#run", StateAttributes.RUN_ID),
            Map.entry("#failures", StateAttributes.FAILURES),
            Map.entry("#seen", StateAttributes.LAST_RUN_SEEN),
            Map.entry("#sha256", StateAttributes.SHA256),
            Map.entry("#status", StateAttributes.STATUS),
            Map.entry("#first", StateAttributes.FIRST_TICK),
            Map.entry("#look", StateAttributes.LAST_LOOK),
            Map.entry("#counted", StateAttributes.COUNTED_RUN));

    /** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
    private static final int KEYS_PER_CALL = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbStateTable.class);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Retrier retrier;

    /**
     * Uses a given client; the caller closes it.
     *
     * @param table name of the table
     */
    public DynamoDbStateTable(DynamoDbClient dynamoDb, String table, Retrier retrier) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.retrier = retrier;
    }

    /**
     * {@inheritDoc} An entry that is not readable counts as missing and is logged; it is replaced by the next start, run or
     * look.
     */
    @Override
    public Map<ClusterName, ClusterHistory> read(Collection<ClusterName> clusters) {
        Map<ClusterName, ClusterHistory> states = new HashMap<>();
        clusters.forEach(cluster -> states.put(cluster, ClusterHistory.NONE));
        List<Map<String, AttributeValue>> keys = states.keySet().stream()
                .flatMap(cluster -> ENTRIES.stream().map(entry -> key(cluster, entry)))
                .toList();
        for (int first = 0; first < keys.size(); first += KEYS_PER_CALL) {
            read(keys.subList(first, Math.min(first + KEYS_PER_CALL, keys.size())), states);
        }
        return states;
    }

    @Override
    public void recordStart(ClusterName cluster, LastStart start) {
        Map<String, AttributeValue> item = key(cluster, StateEntries.LATEST_START);
        item.put(StateAttributes.TICK, AttributeValue.fromS(start.tick().toString()));
        item.put(StateAttributes.RUN_ID, AttributeValue.fromS(start.runId()));
        item.put(StateAttributes.FAILURES, AttributeValue.fromN(Integer.toString(start.failures())));
        if (start.lastRunSeen() != null) {
            item.put(StateAttributes.LAST_RUN_SEEN, AttributeValue.fromS(start.lastRunSeen()));
        }
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    @Override
    public void recordDefinition(ClusterName cluster, String hash) {
        Map<String, AttributeValue> item = key(cluster, StateEntries.DEFINITION);
        item.put(StateAttributes.SHA256, AttributeValue.fromS(hash));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    private void read(List<Map<String, AttributeValue>> keys, Map<ClusterName, ClusterHistory> states) {
        Map<String, KeysAndAttributes> pending = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(keys)
                        .projectionExpression(String.join(", ", ATTRIBUTES.keySet()))
                        .expressionAttributeNames(ATTRIBUTES)
                        .consistentRead(true)
                        .build());
        // a response may be partial; as long as parts arrive there is progress
        Retrier.Attempts attempts = retrier.attempts(Deadline.NONE);
        while (true) {
            Map<String, KeysAndAttributes> asked = pending;
            BatchGetItemResponse response = ask(asked);
            List<Map<String, AttributeValue>> items = response.responses().getOrDefault(table, List.of());
            items.forEach(item -> put(item, states));
            pending = response.unprocessedKeys();
            if (pending.isEmpty()) {
                return;
            }
            if (!pause(attempts, !items.isEmpty())) {
                throw new IllegalStateException("table " + table + " was asked " + attempts.failed() + " times for "
                        + keys.size() + " entries and left all unprocessed");
            }
        }
    }

    private static boolean pause(Retrier.Attempts attempts, boolean progress) {
        try {
            return progress ? attempts.pauseAfterProgress() : attempts.pauseAfterFailure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the state table", e);
        }
    }

    private BatchGetItemResponse ask(Map<String, KeysAndAttributes> keys) {
        try {
            return dynamoDb.batchGetItem(request -> request.requestItems(keys));
        } catch (ResourceNotFoundException e) {
            throw ResourceNotFoundException.builder()
                    .message("State table '" + table + "' not found (variable " + LambdaVariables.STATE_TABLE + ")")
                    .cause(e)
                    .build();
        }
    }

    private static void put(Map<String, AttributeValue> item, Map<ClusterName, ClusterHistory> states) {
        DynamoDbHistoryItem read = new DynamoDbHistoryItem(item);
        ClusterName.of(read.cluster())
                .ifPresent(cluster -> states.computeIfPresent(cluster, (name, state) -> read.addTo(state)));
        read.problems().forEach(LOG::warn);
    }

    private static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        return DynamoDbItems.key(cluster, entry);
    }
}
