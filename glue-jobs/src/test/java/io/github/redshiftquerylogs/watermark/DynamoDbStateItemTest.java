package io.github.redshiftquerylogs.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One attribute that is not readable is named, and costs what it belongs to and nothing else. */
class DynamoDbStateItemTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00");
    private static final Watermark MARK = new Watermark(NOON, Optional.of(NOON.minusMinutes(3)), "uuid-1", "host:a");
    private static final TableState.Attempt ATTEMPT =
            new TableState.Attempt("jr_1", new Window(NOON, NOON.plusHours(6)));
    private static final Backfill BACKFILL = new Backfill(
            NOON.minusDays(7),
            NOON.plusHours(6),
            Instant.parse("2026-11-19T12:00:00Z"),
            Optional.of(Instant.parse("2026-11-19T19:00:00Z")));
    private static final TableState ALL = new TableState(
            Optional.of(MARK),
            Optional.of(Duration.ofHours(6)),
            Optional.of(ATTEMPT),
            Optional.empty(),
            Optional.of(BACKFILL),
            3,
            List.of());

    private static final List<String> OF_WATERMARK =
            List.of("read_up_to", "lake_greatest", "table_uuid", "source_identity");
    private static final List<String> OF_ATTEMPT = List.of("attempt_run", "attempt_from", "attempt_to");

    private static Map<String, AttributeValue> item() {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("read_up_to", AttributeValue.fromS("2026-11-19T12:00:00.000000"));
        item.put("lake_greatest", AttributeValue.fromS("2026-11-19T11:57:00.000000"));
        item.put("table_uuid", AttributeValue.fromS("uuid-1"));
        item.put("source_identity", AttributeValue.fromS("host:a"));
        item.put("window_seconds", AttributeValue.fromN("21600"));
        item.put("revision", AttributeValue.fromN("3"));
        item.put("attempt_run", AttributeValue.fromS("jr_1"));
        item.put("attempt_from", AttributeValue.fromS("2026-11-19T12:00:00.000000"));
        item.put("attempt_to", AttributeValue.fromS("2026-11-19T18:00:00.000000"));
        item.put("backfill_from", AttributeValue.fromS("2026-11-12T12:00:00.000000"));
        item.put("backfill_to", AttributeValue.fromS("2026-11-19T18:00:00.000000"));
        item.put("backfill_since", AttributeValue.fromS("2026-11-19T12:00:00Z"));
        item.put("backfill_done_at", AttributeValue.fromS("2026-11-19T19:00:00Z"));
        return item;
    }

    private static TableState read(Map<String, AttributeValue> item) {
        return new DynamoDbStateItem("(c, table#t)", item).table();
    }

    @Test
    void readableItemIsCompleteAndHasNoProblem() {
        assertThat(read(item())).isEqualTo(ALL);
    }

    static Stream<AttributeValue> ofNoType() {
        return Stream.of(
                AttributeValue.fromBool(true),
                AttributeValue.fromNul(true),
                AttributeValue.fromB(SdkBytes.fromUtf8String("2026")),
                AttributeValue.fromL(List.of()),
                AttributeValue.fromM(Map.of()),
                AttributeValue.fromSs(List.of("2026-11-19T12:00:00.000000")),
                AttributeValue.fromNs(List.of("3")));
    }

    @ParameterizedTest
    @MethodSource("ofNoType")
    void attributeOfAnotherTypeCostsWhatItBelongsTo(AttributeValue wrong) {
        for (String attribute : item().keySet()) {
            Map<String, AttributeValue> item = item();
            item.put(attribute, wrong);
            requireLost(read(item), attribute, attribute + " = " + wrong.type());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "read_up_to, None",
        "read_up_to, ''",
        "read_up_to, 2026-11-18T11:58:00Z",
        "read_up_to, 2026-02-30T00:00:00",
        "read_up_to, 20261118",
        "read_up_to, -999999999-01-01T00:00:00",
        "read_up_to, +999999999-12-31T23:59:59",
        "lake_greatest, yesterday",
        "attempt_from, None",
        "attempt_from, 2026-11-19T18:00:00",
        "attempt_to, 2026-11-19T11:00:00",
        "window_seconds, 21600",
        "backfill_from, None",
        "backfill_to, 2026-11-19",
        "backfill_since, 2026-11-19T12:00:00",
        "backfill_done_at, soon",
        "revision, 3"
    })
    void textThatIsNotAsExpectedCostsWhatItBelongsTo(String attribute, String text) {
        Map<String, AttributeValue> item = item();
        item.put(attribute, AttributeValue.fromS(text));
        requireLost(read(item), attribute, attribute.startsWith("attempt") ? "attempt_" : text);
    }

    @ParameterizedTest
    @CsvSource({
        "window_seconds, 0",
        "window_seconds, -21600",
        "window_seconds, 0.5",
        "window_seconds, 9223372036854775807",
        "window_seconds, 1E+125",
        "revision, 0",
        "revision, -3",
        "revision, 2.5",
        "revision, 9223372036854775807",
        "revision, 99999999999999999999999999999999999999",
        "read_up_to, 20261119",
        "attempt_run, 1"
    })
    void numberThatIsNotAsExpectedCostsWhatItBelongsTo(String attribute, String number) {
        Map<String, AttributeValue> item = item();
        item.put(attribute, AttributeValue.fromN(number));
        requireLost(read(item), attribute, number);
    }

    private static void requireLost(TableState state, String attribute, String shown) {
        assertThat(state.lost())
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem)
                        .contains("item (c, table#t) has ")
                        .contains(shown)
                        .endsWith("; it counts as lost"));
        assertThat(String.join("\n", state.lost())).contains(attribute);
        assertThat(state.watermark()).isEqualTo(OF_WATERMARK.contains(attribute) ? Optional.empty() : ALL.watermark());
        assertThat(state.attempt()).isEqualTo(OF_ATTEMPT.contains(attribute) ? Optional.empty() : ALL.attempt());
        assertThat(state.backfill()).isEqualTo(attribute.startsWith("backfill") ? Optional.empty() : ALL.backfill());
        assertThat(state.windowLength())
                .isEqualTo(attribute.equals("window_seconds") ? Optional.empty() : ALL.windowLength());
        assertThat(state.revision()).isEqualTo(attribute.equals("revision") ? 0 : 3);
    }

    /** Absent parts are no problem where a release may not have written them. */
    @Test
    void absentAttributesAreAbsent() {
        Map<String, AttributeValue> item = item();
        item.keySet().retainAll(List.of("read_up_to"));
        assertThat(read(item).watermark()).contains(new Watermark(NOON, Optional.empty(), "", ""));
        assertThat(read(item).lost()).isEmpty();
        assertThat(read(Map.of())).isEqualTo(TableState.NOTHING);
    }

    @Test
    void attemptWithoutItsWindowIsNamed() {
        Map<String, AttributeValue> item = item();
        item.remove("attempt_to");
        assertThat(read(item).attempt()).isEmpty();
        assertThat(read(item).lost()).singleElement().asString().contains("attempt_to = missing");
    }

    @Test
    void watermarkBeyondWhatAnyRunCanHaveReadIsLost() {
        assertThat(ALL.upTo(NOON)).isSameAs(ALL);
        TableState ahead = ALL.upTo(NOON.minusNanos(1_000));
        assertThat(ahead.watermark()).isEmpty();
        assertThat(ahead.revision()).as("its place in the table").isEqualTo(3);
        assertThat(ahead.lost()).singleElement().asString().startsWith("the stored watermark is 2026-11-19T12:00: ");
    }

    @Test
    void exportsThatAreNotReadableAreLostOneByOne() {
        AttributeValue time = AttributeValue.fromS("2026-11-19T12:00:00Z");
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("default_exports", AttributeValue.fromS("everything"));
        item.put("selected", AttributeValue.fromM(Map.of("a", time)));
        item.put("refused", AttributeValue.fromM(Map.of("a", AttributeValue.fromN("1"))));
        item.put("absent", AttributeValue.fromS("a"));
        DynamoDbStateItem stored = new DynamoDbStateItem("(c, exports)", item);
        ClusterExports exports = stored.exports();
        assertThat(exports.selected()).isEqualTo(Map.of("a", Instant.parse("2026-11-19T12:00:00Z")));
        assertThat(exports.byDefault()).isEmpty();
        assertThat(exports.refused()).isEmpty();
        assertThat(exports.absent()).isEmpty();
        assertThat(exports.lost())
                .hasSize(3)
                .contains("the state table's item (c, exports) has default_exports = S 'everything': expected core or"
                        + " suitable (S); it counts as lost");
        assertThat(stored.unreadableDefault()).isEqualTo(AttributeValue.fromS("everything"));
        item.put("default_exports", AttributeValue.fromS("core"));
        assertThat(new DynamoDbStateItem("(c, exports)", item).unreadableDefault())
                .isNull();
    }
}
