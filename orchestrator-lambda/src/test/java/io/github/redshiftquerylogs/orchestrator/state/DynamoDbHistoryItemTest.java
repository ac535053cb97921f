package io.github.redshiftquerylogs.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Each attribute of each item that the Lambda reads, of other types and with other texts than expected. */
class DynamoDbHistoryItemTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final List<AttributeValue> WRONG = List.of(
            AttributeValue.fromBool(true),
            AttributeValue.fromNul(true),
            AttributeValue.fromB(SdkBytes.fromUtf8String("2026")),
            AttributeValue.fromL(List.of()),
            AttributeValue.fromM(Map.of()),
            AttributeValue.fromSs(List.of("2026-11-19T10:05:00Z")),
            AttributeValue.fromNs(List.of("3")));

    private static final Map<String, Map<String, AttributeValue>> ITEMS = Map.of(
            "start#latest",
            Map.of(
                    "tick", text("2026-11-19T10:05:00Z"),
                    "run_id", text("jr_1"),
                    "failures", AttributeValue.fromN("2"),
                    "last_run_seen", text("jr_0")),
            "run#latest",
            Map.of("run_id", text("jr_1"), "status", text("succeeded")),
            "definition",
            Map.of("sha256", text("abc")),
            "seen",
            Map.of(
                    "first_tick", text("2026-11-19T10:05:00Z"),
                    "last_look", text("2026-11-19T10:05:00Z"),
                    "counted_run", text("jr_1")));

    private static final ClusterHistory ALL = new ClusterHistory(
            new LastStart(TICK, "jr_1", 2, "jr_0"),
            new LastRun("jr_1", true),
            "abc",
            new TickNotes(TICK, TICK, "jr_1"));

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static DynamoDbHistoryItem item(String entry, String attribute, @Nullable AttributeValue value) {
        Map<String, AttributeValue> item = new HashMap<>(ITEMS.getOrDefault(entry, Map.of()));
        item.put("cluster_name", text("hr"));
        item.put("entry", text(entry));
        if (value == null) {
            item.remove(attribute);
        } else {
            item.put(attribute, value);
        }
        return new DynamoDbHistoryItem(item);
    }

    /** What is expected without an item, or, of the notes, without the attribute. */
    private static ClusterHistory without(String entry, String attribute) {
        return switch (entry) {
            case "start#latest" -> new ClusterHistory(null, ALL.lastRun(), ALL.definition(), ALL.notes());
            case "run#latest" -> new ClusterHistory(ALL.lastStart(), null, ALL.definition(), ALL.notes());
            case "definition" -> new ClusterHistory(ALL.lastStart(), ALL.lastRun(), null, ALL.notes());
            default ->
                ALL.with(new TickNotes(
                        attribute.equals("first_tick") ? null : TICK,
                        attribute.equals("last_look") ? null : TICK,
                        attribute.equals("counted_run") ? null : "jr_1"));
        };
    }

    private static ClusterHistory withAllBut(DynamoDbHistoryItem broken, String entry) {
        ClusterHistory history = ClusterHistory.NONE;
        for (String other : ITEMS.keySet()) {
            history = (other.equals(entry) ? broken : item(other, "", null)).addTo(history);
        }
        return history;
    }

    @Test
    void readableItemsAreCompleteAndHaveNoProblem() {
        DynamoDbHistoryItem seen = item("seen", "", null);
        assertThat(withAllBut(seen, "seen")).isEqualTo(ALL);
        assertThat(seen.problems()).isEmpty();
    }

    @Test
    void attributeOfAnotherTypeCostsItsItemAndIsNamed() {
        ITEMS.forEach((entry, attributes) -> attributes
                .keySet()
                .forEach(attribute -> WRONG.forEach(wrong -> {
                    requireMissing(entry, attribute, wrong);
                })));
    }

    @ParameterizedTest
    @CsvSource({
        "start#latest, tick, yesterday",
        "start#latest, tick, 2026-11-19T10:05:00",
        "start#latest, tick, ''",
        "start#latest, failures, 2",
        "seen, first_tick, None",
        "seen, last_look, 2026-13-01T00:00:00Z"
    })
    void textThatIsNotAsExpectedCostsItsItemAndIsNamed(String entry, String attribute, String value) {
        requireMissing(entry, attribute, text(value));
    }

    @ParameterizedTest
    @CsvSource({
        "start#latest, failures, 99999999999999999999999999999999999999",
        "start#latest, failures, 2147483647",
        "start#latest, failures, -1",
        "start#latest, failures, 1.5",
        "start#latest, tick, 17",
        "run#latest, status, 1"
    })
    void numberThatIsNotAsExpectedCostsItsItemAndIsNamed(String entry, String attribute, String value) {
        requireMissing(entry, attribute, AttributeValue.fromN(value));
    }

    private static void requireMissing(String entry, String attribute, AttributeValue wrong) {
        DynamoDbHistoryItem broken = item(entry, attribute, wrong);
        assertThat(withAllBut(broken, entry)).as(entry + " " + attribute).isEqualTo(without(entry, attribute));
        assertThat(broken.problems())
                .singleElement()
                .asString()
                .startsWith("the state table's item (hr, " + entry + ") has " + attribute + " = " + wrong.type())
                .contains(": expected ");
    }

    @Test
    void absentRequiredAttributeIsNamed() {
        DynamoDbHistoryItem start = item("start#latest", "run_id", null);
        assertThat(start.addTo(ClusterHistory.NONE)).isEqualTo(ClusterHistory.NONE);
        assertThat(start.problems()).singleElement().asString().contains("run_id = missing");
        DynamoDbHistoryItem onlyCounted = item("seen", "first_tick", null);
        assertThat(onlyCounted.addTo(ClusterHistory.NONE))
                .as("a cluster whose first tick is not recorded yet")
                .isEqualTo(ClusterHistory.NONE);
        assertThat(onlyCounted.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2099-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z",
        "-1000000000-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z"
    })
    void timeThatNoTickCanHaveWrittenIsMissing(Instant time) {
        ClusterHistory stored =
                ALL.with(new LastStart(time, "jr_1", 2, "jr_0")).with(new TickNotes(time, time, "jr_1"));
        PlausibleHistory plausible = PlausibleHistory.of(stored, TICK);
        assertThat(plausible.history())
                .isEqualTo(new ClusterHistory(null, ALL.lastRun(), "abc", new TickNotes(null, null, "jr_1")));
        assertThat(plausible.problems()).hasSize(3).allMatch(problem -> problem.contains("" + time));
    }

    @Test
    void timesOfLateAndRepeatedTicksArePlausible() {
        assertThat(PlausibleHistory.of(ALL, TICK.minusSeconds(7_200))).isEqualTo(new PlausibleHistory(ALL, List.of()));
        assertThat(PlausibleHistory.of(ALL, TICK.minusSeconds(7_201)).problems())
                .hasSize(3);
        assertThat(PlausibleHistory.of(ClusterHistory.NONE, TICK))
                .isEqualTo(new PlausibleHistory(ClusterHistory.NONE, List.of()));
    }
}
