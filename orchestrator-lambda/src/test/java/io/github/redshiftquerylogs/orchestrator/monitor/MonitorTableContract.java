package io.github.redshiftquerylogs.orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.connection.TestingClusters;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.orchestrator.state.TickNotes;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract of {@link MonitorTable}. */
abstract class MonitorTableContract {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ClusterName SALES = new ClusterName("sales");
    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final Instant LATER = Instant.parse("2026-11-20T10:05:00Z");

    /** An empty table; the same one during a test. */
    abstract MonitorTable table();

    /** The same table, as a {@link StateTable}. */
    abstract StateTable stateTable();

    /** Writes the watermark of a table as the job does. */
    abstract void read(ClusterName cluster, String table, LocalDateTime upTo);

    /** Writes the attempt of a table's first window as the job does. */
    abstract void begin(ClusterName cluster, String table);

    /** Writes the selected exports as the job does. */
    abstract void select(ClusterName cluster, SelectedExports exports);

    /** Writes the summary of a run that appended rows to two tables, as the job does. */
    abstract void endRun(ClusterName cluster, String runId, long first, long second);

    private Optional<TickNotes> seen(ClusterName cluster) {
        Map<ClusterName, ClusterHistory> states = stateTable().read(List.of(cluster));
        return Optional.ofNullable(
                states.getOrDefault(cluster, ClusterHistory.NONE).notes());
    }

    @Test
    void theFirstTickThatSawAClusterStays() {
        assertThat(seen(ORDERS)).isEmpty();
        table().recordFirstTick(ORDERS, TICK);
        table().recordFirstTick(ORDERS, LATER);
        assertThat(seen(ORDERS)).contains(new TickNotes(TICK, null, null));
        assertThat(seen(SALES)).isEmpty();
    }

    @Test
    void aFirstTickThatIsNotUsableIsReplacedAndNothingElse() {
        table().recordInventory(ORDERS, TICK, Optional.empty());
        table().replaceFirstTick(ORDERS, LATER);
        assertThat(seen(ORDERS)).contains(new TickNotes(LATER, TICK, null));
    }

    @Test
    void anInventoryIsRecordedWhetherOrNotTheClusterExists() {
        table().recordInventory(ORDERS, TICK, Optional.empty());
        assertThat(seen(ORDERS)).contains(new TickNotes(TICK, TICK, null));
        table().recordInventory(ORDERS, LATER, Optional.of(TestingClusters.available("orders")));
        assertThat(seen(ORDERS)).contains(new TickNotes(TICK, LATER, null));
    }

    @Test
    void theWatermarksOfAClusterAreThoseOfItsTables() {
        assertThat(table().watermarks(ORDERS))
                .isEqualTo(new Watermarks(Map.of(), Set.of(), Set.of(), Optional.empty()));
        LocalDateTime early = LocalDateTime.parse("2026-11-19T09:00:00.000001");
        read(ORDERS, "stl_query", early.plusHours(1));
        read(ORDERS, "stl_scan", early);
        read(SALES, "stl_scan", early.minusDays(3));
        begin(ORDERS, "stl_explain");
        assertThat(table().watermarks(ORDERS))
                .isEqualTo(new Watermarks(
                        Map.of("stl_query", early.plusHours(1), "stl_scan", early),
                        Set.of("stl_explain"),
                        Set.of(),
                        Optional.empty()));
        read(ORDERS, "stl_scan", early.plusHours(2));
        assertThat(table().watermarks(ORDERS).readUpTo()).containsEntry("stl_scan", early.plusHours(2));
    }

    @Test
    void theExportsOfAClusterAreThoseOfItsLastRun() {
        SelectedExports exports = new SelectedExports(
                Map.of("stl_query", TICK, "stl_error", LATER, "stl_scan", TICK),
                Set.of("pg_user"),
                Set.of("stl_error"),
                Set.of("stl_scan"));
        select(ORDERS, exports);
        assertThat(table().watermarks(ORDERS).exports()).contains(exports);
        SelectedExports snapshots = new SelectedExports(Map.of(), Set.of("pg_user"), Set.of(), Set.of());
        select(ORDERS, snapshots);
        assertThat(table().watermarks(ORDERS).exports()).contains(snapshots);
        assertThat(table().watermarks(SALES).exports()).isEmpty();
    }

    @Test
    void theRowsOfARunAreThoseOfAllItsTables() {
        assertThat(table().rows(ORDERS, "jr_1")).isEmpty();
        endRun(ORDERS, "jr_1", 40, 2);
        assertThat(table().rows(ORDERS, "jr_1")).isEqualTo(OptionalLong.of(42));
        assertThat(table().rows(SALES, "jr_1")).isEmpty();
        endRun(ORDERS, "jr_2", 0, 0);
        assertThat(table().rows(ORDERS, "jr_1")).isEmpty();
        assertThat(table().rows(ORDERS, "jr_2")).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void theRowsOfARunAreClaimedOnce() {
        table().recordFirstTick(ORDERS, TICK);
        assertThat(table().claimRows(ORDERS, "jr_1")).isTrue();
        assertThat(table().claimRows(ORDERS, "jr_1")).isFalse();
        assertThat(table().claimRows(SALES, "jr_1")).isTrue();
        assertThat(table().claimRows(ORDERS, "jr_2")).isTrue();
        assertThat(seen(ORDERS)).contains(new TickNotes(TICK, null, "jr_2"));
        table().recordInventory(ORDERS, LATER, Optional.empty());
        assertThat(seen(ORDERS)).contains(new TickNotes(TICK, LATER, "jr_2"));
    }
}
