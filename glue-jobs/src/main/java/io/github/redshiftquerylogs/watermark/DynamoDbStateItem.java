package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.window.Window;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads an item of the state table; pure. An attribute that is not readable never fails: it counts as lost, with a problem
 * that names item and attribute.
 */
final class DynamoDbStateItem {

    private static final String TIME = "a UTC time such as 2026-11-19T12:00:00.000000, from 1970 to 9999";
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final LocalDateTime LATEST = LocalDateTime.of(9999, 12, 31, 23, 59, 59);
    /** More than any setting allows. */
    private static final long LONGEST_WINDOW = Duration.ofDays(1_000).toSeconds();
    /** Its successor is a number as well. */
    private static final long LAST_REVISION = Long.MAX_VALUE - 1;

    private static final int LONGEST_SHOWN = 80;

    private final String name;
    private final Map<String, AttributeValue> item;
    private final List<String> problems = new ArrayList<>();

    /** @param name the item's key, for problems */
    DynamoDbStateItem(String name, Map<String, AttributeValue> item) {
        this.name = name;
        this.item = item;
    }

    /** The state of a table. A watermark or attempt with an unreadable part is lost as a whole. */
    TableState table() {
        Optional<Watermark> watermark = whole(StateAttributes.READ_UP_TO, this::watermark);
        Optional<TableState.Attempt> attempt = whole(StateAttributes.ATTEMPT_RUN, this::attempt);
        Optional<TableState.EmptyAnswer> empty = whole(StateAttributes.EMPTY_RUN, this::empty);
        Optional<Backfill> backfill = whole(StateAttributes.BACKFILL_FROM, this::backfill);
        Optional<Duration> length =
                number(StateAttributes.WINDOW_SECONDS, 1, LONGEST_WINDOW).map(Duration::ofSeconds);
        long revision = number(StateAttributes.REVISION, 1, LAST_REVISION).orElse(0L);
        return new TableState(watermark, length, attempt, empty, backfill, revision, problems());
    }

    /** The exports of a cluster. Each attribute that is not readable is lost by itself. */
    ClusterExports exports() {
        Optional<DefaultExports> byDefault = value(
                StateAttributes.DEFAULT_EXPORTS,
                "core or suitable (S)",
                value -> DefaultExports.named(String.valueOf(value.s())).orElse(null));
        Map<String, Instant> selected = texts(StateAttributes.SELECTED, "exports with times", Instant::parse);
        Map<String, Instant> snapshots =
                texts(StateAttributes.SELECTED_SNAPSHOTS, "exports with times", Instant::parse);
        Map<String, String> refused = texts(StateAttributes.REFUSED, "exports with texts", text -> text);
        Map<String, Instant> absent = texts(StateAttributes.ABSENT, "exports with times", Instant::parse);
        return new ClusterExports(byDefault, selected, snapshots, refused, absent, problems());
    }

    /** The value of the default if it is stored but not readable; else null. */
    @Nullable AttributeValue unreadableDefault() {
        return exports().byDefault().isPresent() ? null : item.get(StateAttributes.DEFAULT_EXPORTS);
    }

    private <V> Map<String, V> texts(String attribute, String expected, Function<String, V> read) {
        return value(attribute, expected + " (M of S)", value -> {
                    if (!value.hasM()) {
                        return null;
                    }
                    Map<String, V> texts = new HashMap<>();
                    for (Map.Entry<String, AttributeValue> text : value.m().entrySet()) {
                        if (text.getValue().s() == null) {
                            return null;
                        }
                        texts.put(text.getKey(), read.apply(text.getValue().s()));
                    }
                    return texts;
                })
                .orElse(Map.of());
    }

    private Optional<Watermark> watermark() {
        Optional<LocalDateTime> readUpTo = time(StateAttributes.READ_UP_TO);
        Optional<LocalDateTime> maxLogTime = time(StateAttributes.LAKE_GREATEST);
        // an item of another release may lack them: it never matches the lake's table
        String tableUuid = text(StateAttributes.TABLE_UUID).orElse("");
        String identity = text(StateAttributes.SOURCE_IDENTITY).orElse("");
        return readUpTo.map(upTo -> new Watermark(upTo, maxLogTime, tableUuid, identity));
    }

    private Optional<TableState.Attempt> attempt() {
        Optional<String> run = text(StateAttributes.ATTEMPT_RUN);
        Optional<LocalDateTime> from = required(StateAttributes.ATTEMPT_FROM);
        Optional<LocalDateTime> to = required(StateAttributes.ATTEMPT_TO);
        if (run.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (!from.get().isBefore(to.get())) {
            problem(StateAttributes.ATTEMPT_TO, to.get().toString(), "a time after attempt_from, " + from.get());
            return Optional.empty();
        }
        return Optional.of(new TableState.Attempt(run.get(), new Window(from.get(), to.get())));
    }

    private Optional<TableState.EmptyAnswer> empty() {
        Optional<String> run = text(StateAttributes.EMPTY_RUN);
        Optional<LocalDateTime> to = required(StateAttributes.EMPTY_TO);
        return run.flatMap(id -> to.map(time -> new TableState.EmptyAnswer(id, time)));
    }

    private Optional<Backfill> backfill() {
        Optional<LocalDateTime> from = time(StateAttributes.BACKFILL_FROM);
        Optional<LocalDateTime> to = required(StateAttributes.BACKFILL_TO);
        Optional<Instant> since = instant(StateAttributes.BACKFILL_SINCE);
        Optional<Instant> doneAt = instant(StateAttributes.BACKFILL_DONE_AT);
        return from.flatMap(begin -> to.flatMap(end -> since.map(first -> new Backfill(begin, end, first, doneAt))));
    }

    private Optional<Instant> instant(String attribute) {
        return value(
                attribute,
                "a time such as 2026-11-19T12:00:00Z (S)",
                value -> value.s() == null ? null : Instant.parse(value.s()));
    }

    private Optional<LocalDateTime> required(String attribute) {
        if (!item.containsKey(attribute)) {
            problem(attribute, "missing", TIME);
        }
        return time(attribute);
    }

    /** What consists of several attributes; empty if the first one is absent or one of them is not readable. */
    private <T> Optional<T> whole(String first, Supplier<Optional<T>> read) {
        int before = problems.size();
        Optional<T> value = item.containsKey(first) ? read.get() : Optional.empty();
        return problems.size() == before ? value : Optional.empty();
    }

    Optional<String> text(String attribute) {
        return value(attribute, "a text (S)", AttributeValue::s);
    }

    Optional<LocalDate> day(String attribute) {
        return value(
                attribute, "a day such as 2026-11-19", value -> value.s() == null ? null : LocalDate.parse(value.s()));
    }

    Optional<LocalDateTime> time(String attribute) {
        return value(attribute, TIME, value -> {
            LocalDateTime time = value.s() == null ? null : LocalDateTime.parse(value.s());
            return time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        });
    }

    /** A whole number between two bounds, inclusive. */
    Optional<Long> number(String attribute, long least, long most) {
        return value(attribute, "a whole number (N) from " + least + " to " + most, value -> {
            long number = value.n() == null ? least - 1 : new BigDecimal(value.n()).longValueExact();
            return number < least || number > most ? null : number;
        });
    }

    /**
     * The value of an attribute.
     *
     * @param read gives null, or throws, if the attribute is not as expected
     */
    private <T> Optional<T> value(String attribute, String expected, Function<AttributeValue, T> read) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            return Optional.empty();
        }
        Optional<T> found;
        try {
            found = Optional.ofNullable(read.apply(value));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            problem(attribute, shown(value), expected);
        }
        return found;
    }

    private void problem(String attribute, String found, String expected) {
        problems.add("the state table's item " + name + " has " + attribute + " = " + found + ": expected " + expected
                + "; it counts as lost");
    }

    /** Type and value, such as {@code S 'None'}. */
    private static String shown(AttributeValue value) {
        String text = value.s() != null ? "'" + value.s() + "'" : value.n() != null ? value.n() : "…";
        return value.type() + " " + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text);
    }

    /** Attributes that were not readable, with what was found and what is expected. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
