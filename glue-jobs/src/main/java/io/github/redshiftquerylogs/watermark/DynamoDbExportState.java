package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * {@link ExportState} in DynamoDB: one table, partition key the cluster, sort key typed ({@code table#stl_query},
 * {@code run#latest}, {@code gap#stl_query#<from>}). Times are ISO-8601 with six decimals, UTC.
 */
public final class DynamoDbExportState implements ExportState {

    private static final DateTimeFormatter SIX_DECIMALS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbExportState.class);

    private final DynamoDbClient dynamoDb;
    private final String tableName;
    private final DynamoDbCounts counts;
    private final DynamoDbSeals seals;
    private final DynamoDbCompaction compaction;

    /**
     * The state in an existing table.
     *
     * @param dynamoDb the client; the caller closes it
     * @param tableName the table, with the keys of {@link ResourceNames}
     */
    public DynamoDbExportState(DynamoDbClient dynamoDb, String tableName) {
        this.dynamoDb = dynamoDb;
        this.tableName = tableName;
        this.counts = new DynamoDbCounts(dynamoDb, tableName);
        this.seals = new DynamoDbSeals(dynamoDb, tableName);
        this.compaction = new DynamoDbCompaction(dynamoDb, tableName);
    }

    @Override
    public TableState load(ClusterName cluster, String table) {
        // a stale read would be harmless, but would often make a step start over
        Map<String, AttributeValue> item = dynamoDb.getItem(request ->
                        request.tableName(tableName).key(key(cluster, table)).consistentRead(true))
                .item();
        if (item.isEmpty()) {
            return TableState.NOTHING;
        }
        TableState state = new DynamoDbStateItem(name(cluster, StateEntries.table(table)), item).table();
        if (state.revision() == 0 && item.containsKey(StateAttributes.REVISION)) {
            forgetRevision(cluster, table, item.get(StateAttributes.REVISION));
        }
        return state;
    }

    /** Removes an unreadable revision, on which each watermark would be refused, unless it was replaced since. */
    private void forgetRevision(ClusterName cluster, String table, AttributeValue unreadable) {
        try {
            dynamoDb.updateItem(request -> request.tableName(tableName)
                    .key(key(cluster, table))
                    .updateExpression("REMOVE " + StateAttributes.REVISION)
                    .conditionExpression(StateAttributes.REVISION + " = :unreadable")
                    .expressionAttributeValues(Map.of(":unreadable", unreadable)));
        } catch (ConditionalCheckFailedException e) {
            LOG.warn("{} {}: another run has replaced an unreadable revision", cluster, table);
        }
    }

    @Override
    public Optional<ClusterMetadata> description(ClusterName cluster) {
        Map<String, AttributeValue> item = dynamoDb.getItem(
                        request -> request.tableName(tableName).key(entry(cluster, StateEntries.DESCRIPTION)))
                .item();
        if (item.isEmpty()) {
            return Optional.empty();
        }
        DynamoDbStateItem stored = new DynamoDbStateItem(name(cluster, StateEntries.DESCRIPTION), item);
        ClusterMetadata metadata = new ClusterMetadata(
                stored.text(StateAttributes.ACCOUNT_ID),
                stored.text(StateAttributes.REGION),
                stored.text(StateAttributes.CLUSTER_IDENTIFIER),
                stored.text(StateAttributes.NODE_TYPE),
                stored.number(StateAttributes.NUMBER_OF_NODES, 1, Integer.MAX_VALUE)
                        .map(Math::toIntExact));
        if (!stored.problems().isEmpty()) {
            throw new UnreadableStateException(stored.problems());
        }
        return Optional.of(metadata);
    }

    @Override
    public ClusterExports exports(ClusterName cluster) {
        return storedExports(cluster).exports();
    }

    private DynamoDbStateItem storedExports(ClusterName cluster) {
        return new DynamoDbStateItem(
                name(cluster, StateEntries.EXPORTS),
                dynamoDb.getItem(request -> request.tableName(tableName)
                                .key(entry(cluster, StateEntries.EXPORTS))
                                .consistentRead(true))
                        .item());
    }

    @Override
    public DefaultExports decide(ClusterName cluster, DefaultExports decision) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":decision", AttributeValue.fromS(decision.text())));
        AttributeValue unreadable = storedExports(cluster).unreadableDefault();
        String expected;
        if (unreadable == null) {
            expected = "attribute_not_exists(" + StateAttributes.DEFAULT_EXPORTS + ")";
        } else {
            values.put(":unreadable", unreadable);
            expected = StateAttributes.DEFAULT_EXPORTS + " = :unreadable";
        }
        try {
            dynamoDb.updateItem(request -> request.tableName(tableName)
                    .key(entry(cluster, StateEntries.EXPORTS))
                    .updateExpression("SET " + StateAttributes.DEFAULT_EXPORTS + " = :decision")
                    .conditionExpression(expected)
                    .expressionAttributeValues(values));
            return decision;
        } catch (ConditionalCheckFailedException e) {
            return exports(cluster).byDefault().orElse(decision);
        }
    }

    @Override
    public void record(ClusterName cluster, ClusterExports exports) {
        dynamoDb.updateItem(request -> request.tableName(tableName)
                .key(entry(cluster, StateEntries.EXPORTS))
                .updateExpression("SET " + StateAttributes.SELECTED + " = :selected, "
                        + StateAttributes.SELECTED_SNAPSHOTS + " = :snapshots, " + StateAttributes.REFUSED
                        + " = :refused, " + StateAttributes.ABSENT + " = :absent")
                .expressionAttributeValues(Map.of(
                        ":selected", map(exports.selected()),
                        ":snapshots", map(exports.snapshots()),
                        ":refused", map(exports.refused()),
                        ":absent", map(exports.absent()))));
    }

    private static AttributeValue map(Map<String, ?> texts) {
        Map<String, AttributeValue> values = new HashMap<>();
        texts.forEach((name, text) -> values.put(name, AttributeValue.fromS(text.toString())));
        return AttributeValue.fromM(values);
    }

    @Override
    public void begin(ClusterName cluster, String table, TableState.Attempt attempt) {
        dynamoDb.updateItem(request -> request.tableName(tableName)
                .key(key(cluster, table))
                .updateExpression("SET " + StateAttributes.ATTEMPT_RUN + " = :run, " + StateAttributes.ATTEMPT_FROM
                        + " = :from, " + StateAttributes.ATTEMPT_TO + " = :to")
                .expressionAttributeValues(Map.of(
                        ":run", AttributeValue.fromS(attempt.runId()),
                        ":from", value(attempt.window().from()),
                        ":to", value(attempt.window().to()))));
    }

    @Override
    public boolean advance(
            ClusterName cluster, String table, TableState before, Watermark next, Duration windowLength) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":upto", value(next.readUpTo()));
        values.put(":uuid", AttributeValue.fromS(next.tableUuid()));
        values.put(":source", AttributeValue.fromS(next.sourceIdentity()));
        values.put(":length", AttributeValue.fromN(Long.toString(windowLength.toSeconds())));
        values.put(":next", AttributeValue.fromN(Long.toString(before.revision() + 1)));
        next.maxLogTime().ifPresent(greatest -> values.put(":greatest", value(greatest)));
        if (before.revision() > 0) {
            values.put(":before", AttributeValue.fromN(Long.toString(before.revision())));
        }
        String greatest = next.maxLogTime().isPresent() ? ", " + StateAttributes.LAKE_GREATEST + " = :greatest" : "";
        String forgotten = next.maxLogTime().isPresent() ? "" : ", " + StateAttributes.LAKE_GREATEST;
        try {
            dynamoDb.updateItem(request -> request.tableName(tableName)
                    .key(key(cluster, table))
                    .updateExpression("SET " + StateAttributes.READ_UP_TO + " = :upto, "
                            + StateAttributes.TABLE_UUID + " = :uuid, "
                            + StateAttributes.SOURCE_IDENTITY + " = :source, "
                            + StateAttributes.WINDOW_SECONDS + " = :length, "
                            + StateAttributes.REVISION + " = :next" + greatest
                            + " REMOVE " + StateAttributes.ATTEMPT_RUN + ", " + StateAttributes.ATTEMPT_FROM + ", "
                            + StateAttributes.ATTEMPT_TO + ", " + StateAttributes.EMPTY_RUN + ", "
                            + StateAttributes.EMPTY_TO + forgotten)
                    .conditionExpression(unchanged(before))
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public boolean await(ClusterName cluster, String table, TableState before, TableState.EmptyAnswer answer) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":run", AttributeValue.fromS(answer.runId()));
        values.put(":to", value(answer.to()));
        if (before.revision() > 0) {
            values.put(":before", AttributeValue.fromN(Long.toString(before.revision())));
        }
        try {
            dynamoDb.updateItem(request -> request.tableName(tableName)
                    .key(key(cluster, table))
                    .updateExpression("SET " + StateAttributes.EMPTY_RUN + " = :run, " + StateAttributes.EMPTY_TO
                            + " = :to REMOVE " + StateAttributes.ATTEMPT_RUN + ", " + StateAttributes.ATTEMPT_FROM
                            + ", " + StateAttributes.ATTEMPT_TO)
                    .conditionExpression(unchanged(before))
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** The condition that no watermark was stored since; its value is {@code :before}, if there was one. */
    private static String unchanged(TableState before) {
        return before.revision() > 0
                ? StateAttributes.REVISION + " = :before"
                : "attribute_not_exists(" + StateAttributes.REVISION + ")";
    }

    @Override
    public void recordBackfill(ClusterName cluster, String table, Optional<Backfill> backfill) {
        dynamoDb.updateItem(request -> {
            request.tableName(tableName).key(key(cluster, table));
            if (backfill.isEmpty()) {
                request.updateExpression("REMOVE " + StateAttributes.BACKFILL_FROM + ", " + StateAttributes.BACKFILL_TO
                        + ", " + StateAttributes.BACKFILL_SINCE + ", " + StateAttributes.BACKFILL_DONE_AT);
                return;
            }
            Map<String, AttributeValue> values = new HashMap<>();
            values.put(":from", value(backfill.get().from()));
            values.put(":to", value(backfill.get().to()));
            values.put(":since", AttributeValue.fromS(backfill.get().since().toString()));
            backfill.get().doneAt().ifPresent(time -> values.put(":done", AttributeValue.fromS(time.toString())));
            request.updateExpression("SET " + StateAttributes.BACKFILL_FROM + " = :from, "
                            + StateAttributes.BACKFILL_TO + " = :to, " + StateAttributes.BACKFILL_SINCE + " = :since"
                            + (values.containsKey(":done")
                                    ? ", " + StateAttributes.BACKFILL_DONE_AT + " = :done"
                                    : " REMOVE " + StateAttributes.BACKFILL_DONE_AT))
                    .expressionAttributeValues(values);
        });
    }

    @Override
    public void recordSnapshot(ClusterName cluster, String table, SnapshotState state) {
        Map<String, AttributeValue> item = new HashMap<>(entry(cluster, StateEntries.snapshot(table)));
        item.put(StateAttributes.RUN_ID, AttributeValue.fromS(state.runId()));
        item.put(StateAttributes.TRIED_AT, value(state.triedAt()));
        item.put(StateAttributes.TAKEN, AttributeValue.fromN(Integer.toString(state.taken())));
        item.put(StateAttributes.ROWS, AttributeValue.fromN(Long.toString(state.rows())));
        if (!state.missing().isEmpty()) {
            item.put(StateAttributes.MISSING, AttributeValue.fromS(String.join("; ", state.missing())));
        }
        dynamoDb.putItem(request -> request.tableName(tableName).item(item));
    }

    @Override
    public void recordGap(ClusterName cluster, String table, String runId, Gap gap) {
        dynamoDb.putItem(request -> request.tableName(tableName)
                .item(Map.of(
                        ResourceNames.STATE_PARTITION_KEY,
                        AttributeValue.fromS(cluster.value()),
                        ResourceNames.STATE_SORT_KEY,
                        AttributeValue.fromS(StateEntries.gap(table, SIX_DECIMALS.format(gap.from()))),
                        StateAttributes.UNTIL,
                        value(gap.until()),
                        StateAttributes.RUN_ID,
                        AttributeValue.fromS(runId))));
    }

    @Override
    public Optional<LocalDate> closedDay(ClusterName cluster, String table) {
        return counts.closedDay(cluster, table);
    }

    @Override
    public boolean claimCount(ClusterName cluster, String table, String runId, LocalDateTime now, Duration length) {
        return counts.claim(cluster, table, runId, now, length);
    }

    @Override
    public void closeDay(ClusterName cluster, String table, ClosedDay closed, LocalDateTime now) {
        counts.close(cluster, table, closed, now);
    }

    @Override
    public SealState seals(ClusterName cluster) {
        return seals.load(cluster);
    }

    @Override
    public boolean claimSealing(ClusterName cluster, String runId, LocalDateTime now, Duration length) {
        return seals.claim(cluster, runId, now, length);
    }

    @Override
    public void beginSealing(ClusterName cluster, SealState.Attempt attempt) {
        seals.begin(cluster, attempt);
    }

    @Override
    public void closeSealing(ClusterName cluster, LocalDate through, String head, LocalDateTime now) {
        seals.close(cluster, through, head, now);
    }

    @Override
    public CompactionState compaction(ClusterName cluster) {
        return compaction.load(cluster);
    }

    @Override
    public void beginCompaction(ClusterName cluster, SealState.Attempt attempt) {
        compaction.begin(cluster, attempt);
    }

    @Override
    public void closeCompaction(ClusterName cluster, LocalDate through, LocalDateTime now) {
        compaction.close(cluster, through, now);
    }

    @Override
    public boolean claimExpiry(String table, String runId, LocalDate day) {
        return compaction.claimExpiry(table, runId, day);
    }

    /** Stores the summary of a run, as entry {@code run#latest}. */
    public void recordRun(ClusterName cluster, RunRecord run) {
        dynamoDb.putItem(request -> request.tableName(tableName)
                .item(Map.of(
                        ResourceNames.STATE_PARTITION_KEY,
                        AttributeValue.fromS(cluster.value()),
                        ResourceNames.STATE_SORT_KEY,
                        AttributeValue.fromS(StateEntries.LATEST_RUN),
                        StateAttributes.RUN_ID,
                        AttributeValue.fromS(run.runId()),
                        StateAttributes.STATUS,
                        AttributeValue.fromS(run.status()),
                        StateAttributes.STARTED_AT,
                        AttributeValue.fromS(run.startedAt().toString()),
                        StateAttributes.FINISHED_AT,
                        AttributeValue.fromS(run.finishedAt().toString()),
                        StateAttributes.SUMMARY,
                        AttributeValue.fromS(run.summary()))));
    }

    private static Map<String, AttributeValue> key(ClusterName cluster, String table) {
        return entry(cluster, StateEntries.table(table));
    }

    static Map<String, AttributeValue> entry(ClusterName cluster, String entry) {
        return Map.of(
                ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()),
                ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
    }

    static AttributeValue value(LocalDateTime time) {
        return AttributeValue.fromS(SIX_DECIMALS.format(time));
    }

    private static String name(ClusterName cluster, String entry) {
        return "(" + cluster + ", " + entry + ")";
    }
}
