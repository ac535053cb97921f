package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.cluster.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every state table does. */
abstract class StateTableContract {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");
    private static final LastStart FIRST = new LastStart(Instant.parse("2026-11-19T10:05:00.000001Z"), "jr_1");
    private static final LastStart SECOND = new LastStart(Instant.parse("2026-11-19T11:05:00Z"), "jr_2");

    /** An empty table, the same one within a test. */
    abstract StateTable table();

    /** What is stored as the definition of a cluster's job. */
    abstract @Nullable String definition(ClusterName cluster);

    @Test
    void whoNeverStartedHasNoLastStart() {
        assertThat(table().lastStarts(List.of(ORDERS))).isEmpty();
        assertThat(table().lastStarts(List.of())).isEmpty();
    }

    @Test
    void aStartIsRememberedToTheMicrosecond() {
        table().recordStart(ORDERS, FIRST);
        assertThat(table().lastStarts(List.of(ORDERS))).isEqualTo(Map.of(ORDERS, FIRST));
    }

    @Test
    void onlyTheLastStartIsKept() {
        table().recordStart(ORDERS, FIRST);
        table().recordStart(ORDERS, SECOND);
        assertThat(table().lastStarts(List.of(ORDERS))).isEqualTo(Map.of(ORDERS, SECOND));
    }

    @Test
    void clustersAreKeptApartAndOnlyThoseAskedForAreGiven() {
        table().recordStart(ORDERS, FIRST);
        table().recordStart(SALES, SECOND);
        assertThat(table().lastStarts(List.of(SALES))).isEqualTo(Map.of(SALES, SECOND));
        assertThat(table().lastStarts(List.of(SALES, ORDERS))).isEqualTo(Map.of(ORDERS, FIRST, SALES, SECOND));
    }

    @Test
    void aClusterThatIsAskedForTwiceIsGivenOnce() {
        table().recordStart(ORDERS, FIRST);
        assertThat(table().lastStarts(List.of(ORDERS, ORDERS))).isEqualTo(Map.of(ORDERS, FIRST));
    }

    @Test
    void moreClustersThanOneCallTakes() {
        Map<ClusterName, LastStart> starts = IntStream.range(0, 205)
                .mapToObj(number -> new ClusterName("cluster-" + number))
                .collect(
                        Collectors.toMap(Function.identity(), cluster -> new LastStart(FIRST.tick(), "jr_" + cluster)));
        starts.forEach((cluster, start) -> table().recordStart(cluster, start));
        assertThat(table().lastStarts(starts.keySet())).isEqualTo(starts);
    }

    @Test
    void theDefinitionIsKeptBesideTheStart() {
        assertThat(definition(ORDERS)).isNull();
        table().recordStart(ORDERS, FIRST);
        table().recordDefinition(ORDERS, "abc");
        table().recordDefinition(ORDERS, "def");
        assertThat(definition(ORDERS)).isEqualTo("def");
        assertThat(table().lastStarts(List.of(ORDERS))).isEqualTo(Map.of(ORDERS, FIRST));
    }
}
