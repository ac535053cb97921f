package io.github.redshiftquerylogs.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract of {@link StateTable}. */
abstract class StateTableContract {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");
    private static final LastStart FIRST = new LastStart(Instant.parse("2026-11-19T10:05:00.000001Z"), "jr_1", 0, null);
    private static final LastStart SECOND = new LastStart(Instant.parse("2026-11-19T11:05:00Z"), "jr_2", 3, "jr_1");

    /** An empty table; the same one during a test. */
    abstract StateTable table();

    /** Writes the summary of a run as the job does. */
    abstract void endRun(ClusterName cluster, String runId, String status);

    private ClusterHistory state(ClusterName cluster) {
        Map<ClusterName, ClusterHistory> states = table().read(List.of(cluster));
        assertThat(states).containsOnlyKeys(cluster);
        return states.getOrDefault(cluster, ClusterHistory.NONE);
    }

    @Test
    void aClusterThatNeverStartedHasNoHistory() {
        assertThat(state(ORDERS)).isEqualTo(ClusterHistory.NONE);
        assertThat(table().read(List.of())).isEmpty();
    }

    @Test
    void aStartIsRememberedToTheMicrosecond() {
        table().recordStart(ORDERS, FIRST);
        assertThat(state(ORDERS)).isEqualTo(ClusterHistory.NONE.with(FIRST));
    }

    @Test
    void onlyTheLastStartIsKept() {
        table().recordStart(ORDERS, SECOND);
        table().recordStart(ORDERS, FIRST);
        assertThat(state(ORDERS)).isEqualTo(ClusterHistory.NONE.with(FIRST));
        table().recordStart(ORDERS, SECOND);
        assertThat(state(ORDERS)).isEqualTo(ClusterHistory.NONE.with(SECOND));
    }

    @Test
    void clustersAreKeptApartAndOnlyThoseAskedForAreGiven() {
        table().recordStart(ORDERS, FIRST);
        table().recordStart(SALES, SECOND);
        assertThat(state(SALES)).isEqualTo(ClusterHistory.NONE.with(SECOND));
        assertThat(table().read(List.of(SALES, ORDERS)))
                .isEqualTo(Map.of(ORDERS, ClusterHistory.NONE.with(FIRST), SALES, ClusterHistory.NONE.with(SECOND)));
    }

    @Test
    void aClusterThatIsAskedForTwiceIsGivenOnce() {
        table().recordStart(ORDERS, FIRST);
        assertThat(table().read(List.of(ORDERS, ORDERS))).isEqualTo(Map.of(ORDERS, ClusterHistory.NONE.with(FIRST)));
    }

    @Test
    void moreClustersThanOneCallTakes() {
        Map<ClusterName, ClusterHistory> states = IntStream.range(0, 105)
                .mapToObj(number -> new ClusterName("cluster-" + number))
                .collect(Collectors.toMap(
                        Function.identity(),
                        cluster -> new ClusterHistory(
                                new LastStart(FIRST.tick(), "jr_" + cluster, 1, "jr_0"),
                                new LastRun("jr_" + cluster, true),
                                "hash of " + cluster,
                                null)));
        states.forEach((cluster, state) -> {
            table().recordStart(cluster, new LastStart(FIRST.tick(), "jr_" + cluster, 1, "jr_0"));
            table().recordDefinition(cluster, "hash of " + cluster);
            endRun(cluster, "jr_" + cluster, "succeeded");
        });
        assertThat(table().read(states.keySet())).isEqualTo(states);
    }

    @Test
    void theDefinitionIsKeptBesideTheStart() {
        table().recordStart(ORDERS, FIRST);
        table().recordDefinition(ORDERS, "abc");
        table().recordDefinition(ORDERS, "def");
        assertThat(state(ORDERS)).isEqualTo(new ClusterHistory(FIRST, null, "def", null));
    }

    @ParameterizedTest
    @CsvSource({"succeeded, true", "failed, false", "clock, false"})
    void whatTheJobTellsOfItsLastRunIsRead(String status, boolean succeeded) {
        table().recordStart(ORDERS, SECOND);
        endRun(ORDERS, "jr_1", "succeeded");
        endRun(ORDERS, "jr_2", status);
        assertThat(state(ORDERS)).isEqualTo(new ClusterHistory(SECOND, new LastRun("jr_2", succeeded), null, null));
    }
}
