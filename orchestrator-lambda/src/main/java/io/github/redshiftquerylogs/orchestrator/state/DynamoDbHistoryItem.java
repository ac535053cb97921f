package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads an item of the state table into a cluster's history; pure. An item that is not readable counts as missing, with a
 * problem that names item and attribute; of the notes for monitoring only the unreadable attribute does.
 */
final class DynamoDbHistoryItem {

    private static final String TIME = "a UTC time such as 2026-11-19T10:05:00Z";
    private static final String TEXT = "a text (S)";
    /** More failures in a row than ticks in a century. */
    private static final int MOST_FAILURES = 10_000_000;

    private static final int LONGEST_SHOWN = 80;

    private final Map<String, AttributeValue> item;
    private final List<String> problems = new ArrayList<>();

    DynamoDbHistoryItem(Map<String, AttributeValue> item) {
        this.item = item;
    }

    /** The history with what the item has. */
    ClusterHistory addTo(ClusterHistory history) {
        return switch (key(ResourceNames.STATE_SORT_KEY)) {
            case StateEntries.LATEST_START -> start(history);
            case StateEntries.LATEST_RUN -> run(history);
            case StateEntries.DEFINITION -> definition(history);
            case StateEntries.SEEN -> item.containsKey(StateAttributes.FIRST_TICK) ? history.with(notes()) : history;
            default -> history;
        };
    }

    /** What was not readable, with what is expected. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The name of the item's cluster. */
    String cluster() {
        return key(ResourceNames.STATE_PARTITION_KEY);
    }

    private ClusterHistory start(ClusterHistory history) {
        Instant tick = required(StateAttributes.TICK, TIME, DynamoDbHistoryItem::instant);
        String runId = required(StateAttributes.RUN_ID, TEXT, AttributeValue::s);
        // an entry of an older release has no such attribute
        Integer failures = optional(
                StateAttributes.FAILURES, "a whole number (N) from 0 to " + MOST_FAILURES, DynamoDbHistoryItem::count);
        String lastRunSeen = optional(StateAttributes.LAST_RUN_SEEN, TEXT, AttributeValue::s);
        return tick == null || runId == null || !problems.isEmpty()
                ? history
                : history.with(new LastStart(tick, runId, failures == null ? 0 : failures, lastRunSeen));
    }

    private ClusterHistory run(ClusterHistory history) {
        String runId = required(StateAttributes.RUN_ID, TEXT, AttributeValue::s);
        String status = required(StateAttributes.STATUS, TEXT, AttributeValue::s);
        return runId == null || status == null
                ? history
                : history.with(new LastRun(runId, status.equals(StateAttributes.SUCCEEDED)));
    }

    private ClusterHistory definition(ClusterHistory history) {
        String hash = required(StateAttributes.SHA256, TEXT, AttributeValue::s);
        return hash == null ? history : history.withDefinition(hash);
    }

    private TickNotes notes() {
        return new TickNotes(
                required(StateAttributes.FIRST_TICK, TIME, DynamoDbHistoryItem::instant),
                optional(StateAttributes.LAST_LOOK, TIME, DynamoDbHistoryItem::instant),
                optional(StateAttributes.COUNTED_RUN, TEXT, AttributeValue::s));
    }

    private <T> @Nullable T required(String attribute, String expected, Function<AttributeValue, @Nullable T> read) {
        if (!item.containsKey(attribute)) {
            problem(attribute, "missing", expected);
        }
        return optional(attribute, expected, read);
    }

    /** @param read gives null, or throws, if the attribute is not as expected */
    private <T> @Nullable T optional(String attribute, String expected, Function<AttributeValue, @Nullable T> read) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            return null;
        }
        T found = null;
        try {
            found = read.apply(value);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            // a problem, like a value of another type
        }
        if (found == null) {
            problem(attribute, shown(value), expected);
        }
        return found;
    }

    private static @Nullable Instant instant(AttributeValue value) {
        return value.s() == null ? null : Instant.parse(value.s());
    }

    private static @Nullable Integer count(AttributeValue value) {
        if (value.n() == null) {
            return null;
        }
        int number = new BigDecimal(value.n()).intValueExact();
        return number < 0 || number > MOST_FAILURES ? null : number;
    }

    private void problem(String attribute, String found, String expected) {
        problems.add("the state table's item (" + cluster() + ", " + key(ResourceNames.STATE_SORT_KEY) + ") has "
                + attribute + " = " + found + ": expected " + expected + "; it counts as missing");
    }

    private static String shown(AttributeValue value) {
        String text = value.s() != null ? "'" + value.s() + "'" : value.n() != null ? value.n() : "…";
        return value.type() + " " + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text);
    }

    private String key(String attribute) {
        return DynamoDbItems.text(item, attribute).orElse("");
    }
}
