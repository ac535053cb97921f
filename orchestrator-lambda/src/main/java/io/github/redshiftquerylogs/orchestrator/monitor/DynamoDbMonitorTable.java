package io.github.redshiftquerylogs.orchestrator.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster;
import io.github.redshiftquerylogs.orchestrator.state.DynamoDbItems;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * {@link MonitorTable} in DynamoDB. Writes the entries {@code description} and {@code seen}; reads the job's watermarks and
 * the summary of {@code run#latest}.
 */
public final class DynamoDbMonitorTable implements MonitorTable {

    private static final String FIRST_TICK_ONCE =
            "SET " + StateAttributes.FIRST_TICK + " = if_not_exists(" + StateAttributes.FIRST_TICK + ", :tick)";

    private static final LocalDateTime EARLIEST = LocalDateTime.of(1970, 1, 1, 0, 0);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbMonitorTable.class);

    private final DynamoDbClient dynamoDb;
    private final String table;

    /**
     * Uses a given client; the caller closes it.
     *
     * @param table name of the table
     */
    public DynamoDbMonitorTable(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public void recordFirstTick(ClusterName cluster, Instant tick) {
        updateNotes(cluster, FIRST_TICK_ONCE, tick);
    }

    @Override
    public void replaceFirstTick(ClusterName cluster, Instant tick) {
        updateNotes(cluster, "SET " + StateAttributes.FIRST_TICK + " = :tick", tick);
    }

    @Override
    public void recordInventory(ClusterName cluster, Instant tick, Optional<ProvisionedCluster> found) {
        found.ifPresent(description ->
                dynamoDb.putItem(request -> request.tableName(table).item(item(cluster, tick, description))));
        // last: after a crash in between, the next tick looks it up again
        updateNotes(cluster, FIRST_TICK_ONCE + ", " + StateAttributes.LAST_LOOK + " = :tick", tick);
    }

    @Override
    public Watermarks watermarks(ClusterName cluster) {
        Map<String, LocalDateTime> readUpTo = new TreeMap<>();
        Set<String> unread = new TreeSet<>();
        Set<String> unreadable = new TreeSet<>();
        dynamoDb.queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression(ResourceNames.STATE_PARTITION_KEY + " = :cluster AND begins_with("
                                + ResourceNames.STATE_SORT_KEY + ", :tables)")
                        .expressionAttributeValues(Map.of(
                                ":cluster", AttributeValue.fromS(cluster.value()),
                                ":tables", AttributeValue.fromS(StateEntries.TABLE_PREFIX)))
                        .projectionExpression(ResourceNames.STATE_SORT_KEY + ", " + StateAttributes.READ_UP_TO))
                .items()
                .forEach(item -> {
                    String exported = DynamoDbItems.text(item, ResourceNames.STATE_SORT_KEY)
                            .orElse("")
                            .substring(StateEntries.TABLE_PREFIX.length());
                    if (!item.containsKey(StateAttributes.READ_UP_TO)) {
                        unread.add(exported);
                        return;
                    }
                    try {
                        readUpTo.put(exported, readUpTo(item));
                    } catch (DateTimeException e) {
                        unreadable.add(exported);
                    }
                });
        if (!unreadable.isEmpty()) {
            LOG.warn(
                    "{} of {} in the state table is not readable in {}: the lag is that of the other tables",
                    StateAttributes.READ_UP_TO,
                    cluster,
                    unreadable);
        }
        return new Watermarks(readUpTo, unread, unreadable, exports(cluster));
    }

    private Optional<SelectedExports> exports(ClusterName cluster) {
        return item(
                        cluster,
                        StateEntries.EXPORTS,
                        StateAttributes.SELECTED + ", " + StateAttributes.SELECTED_SNAPSHOTS + ", "
                                + StateAttributes.REFUSED + ", " + StateAttributes.ABSENT)
                .filter(DynamoDbMonitorTable::selects)
                .flatMap(item -> {
                    try {
                        Map<String, Instant> since = new TreeMap<>();
                        map(item, StateAttributes.SELECTED)
                                .forEach((export, time) -> since.put(export, Instant.parse(String.valueOf(time.s()))));
                        return Optional.of(new SelectedExports(
                                since,
                                map(item, StateAttributes.SELECTED_SNAPSHOTS).keySet(),
                                map(item, StateAttributes.REFUSED).keySet(),
                                map(item, StateAttributes.ABSENT).keySet()));
                    } catch (DateTimeException e) {
                        LOG.warn("{} of {} in the state table is not readable", StateEntries.EXPORTS, cluster, e);
                        return Optional.empty();
                    }
                });
    }

    /** Whether anything is selected; not known if the logs cannot be read. */
    private static boolean selects(Map<String, AttributeValue> item) {
        AttributeValue logs = item.get(StateAttributes.SELECTED);
        return logs != null
                && logs.hasM()
                && !(logs.m().isEmpty()
                        && map(item, StateAttributes.SELECTED_SNAPSHOTS).isEmpty());
    }

    private static Map<String, AttributeValue> map(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? Map.of() : value.m();
    }

    /** An item; empty if there is none. Not GetItem: the Lambda has the permission for BatchGetItem already. */
    private Optional<Map<String, AttributeValue>> item(ClusterName cluster, String entry, String attributes) {
        return dynamoDb
                .batchGetItem(request -> request.requestItems(Map.of(
                        table,
                        KeysAndAttributes.builder()
                                .keys(List.of(DynamoDbItems.key(cluster, entry)))
                                .projectionExpression(attributes)
                                .build())))
                .responses()
                .getOrDefault(table, List.of())
                .stream()
                .findFirst();
    }

    private static LocalDateTime readUpTo(Map<String, AttributeValue> item) {
        LocalDateTime time = LocalDateTime.parse(
                DynamoDbItems.text(item, StateAttributes.READ_UP_TO).orElse(""));
        if (time.isBefore(EARLIEST)) {
            throw new DateTimeException(time + " is before " + EARLIEST);
        }
        return time;
    }

    @Override
    public OptionalLong rows(ClusterName cluster, String runId) {
        return item(cluster, StateEntries.LATEST_RUN, StateAttributes.RUN_ID + ", " + StateAttributes.SUMMARY)
                .filter(item -> DynamoDbItems.text(item, StateAttributes.RUN_ID)
                        .filter(runId::equals)
                        .isPresent())
                .map(item -> rows(
                        cluster,
                        runId,
                        DynamoDbItems.text(item, StateAttributes.SUMMARY).orElse("")))
                .orElse(OptionalLong.empty());
    }

    @Override
    public boolean claimRows(ClusterName cluster, String runId) {
        try {
            dynamoDb.updateItem(request -> request.tableName(table)
                    .key(DynamoDbItems.key(cluster, StateEntries.SEEN))
                    .updateExpression("SET " + StateAttributes.COUNTED_RUN + " = :run")
                    .conditionExpression("attribute_not_exists(" + StateAttributes.COUNTED_RUN + ") OR "
                            + StateAttributes.COUNTED_RUN + " <> :run")
                    .expressionAttributeValues(Map.of(":run", AttributeValue.fromS(runId))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private void updateNotes(ClusterName cluster, String expression, Instant tick) {
        dynamoDb.updateItem(request -> request.tableName(table)
                .key(DynamoDbItems.key(cluster, StateEntries.SEEN))
                .updateExpression(expression)
                .expressionAttributeValues(Map.of(":tick", AttributeValue.fromS(tick.toString()))));
    }

    private static Map<String, AttributeValue> item(ClusterName cluster, Instant tick, ProvisionedCluster description) {
        Map<String, AttributeValue> item = DynamoDbItems.key(cluster, StateEntries.DESCRIPTION);
        item.put(StateAttributes.CLUSTER_IDENTIFIER, AttributeValue.fromS(description.identifier()));
        item.put(StateAttributes.NODE_TYPE, AttributeValue.fromS(description.nodeType()));
        item.put(StateAttributes.NUMBER_OF_NODES, AttributeValue.fromN(Integer.toString(description.nodes())));
        item.put(StateAttributes.DESCRIBED_AT, AttributeValue.fromS(tick.toString()));
        description.namespaceArn().ifPresent(arn -> item.put(StateAttributes.NAMESPACE_ARN, AttributeValue.fromS(arn)));
        description.account().ifPresent(account -> item.put(StateAttributes.ACCOUNT_ID, AttributeValue.fromS(account)));
        description.region().ifPresent(region -> item.put(StateAttributes.REGION, AttributeValue.fromS(region)));
        return item;
    }

    /** The rows in the summary of the job, {@code {"tables": [{"rows": 17, …}, …], …}}. */
    private static OptionalLong rows(ClusterName cluster, String runId, String summary) {
        try {
            JsonNode tables = JSON.readTree(summary).path("tables");
            return OptionalLong.of(StreamSupport.stream(tables.spliterator(), false)
                    .mapToLong(one -> one.path("rows").asLong())
                    .sum());
        } catch (JsonProcessingException e) {
            LOG.warn("the summary of run {} of {} is not readable", runId, cluster, e);
            return OptionalLong.empty();
        }
    }
}
