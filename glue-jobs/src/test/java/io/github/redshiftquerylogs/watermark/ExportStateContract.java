package io.github.redshiftquerylogs.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ExportState} does. */
abstract class ExportStateContract {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00.000001");
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Watermark FIRST =
            new Watermark(NOON, Optional.of(NOON.minusMinutes(3)), "uuid-1", "host:a:5439/dev");
    private static final TableState.Attempt ATTEMPT =
            new TableState.Attempt("jr_1", new Window(NOON, NOON.plusHours(6)));

    // a cluster of its own, so that tests may share a table
    private final ClusterName cluster = new ClusterName("c-" + UUID.randomUUID());

    abstract ExportState state();

    @Test
    void nothingIsStoredAtFirst() {
        assertThat(state().load(cluster, "stl_query")).isEqualTo(TableState.NOTHING);
    }

    @Test
    void watermarkComesBackToTheMicrosecond() {
        assertThat(state().advance(cluster, "stl_query", TableState.NOTHING, FIRST, LENGTH))
                .isTrue();
        assertThat(state().load(cluster, "stl_query"))
                .isEqualTo(new TableState(Optional.of(FIRST), Optional.of(LENGTH), Optional.empty(), 1));
    }

    @Test
    void watermarkOfAClusterWithoutRowsHasNoGreatestTime() {
        state().advance(cluster, "stl_query", TableState.NOTHING, FIRST, LENGTH);
        Watermark empty = new Watermark(NOON.plusHours(1), Optional.empty(), "uuid-2", "host:a:5439/dev");
        assertThat(state().advance(cluster, "stl_query", state().load(cluster, "stl_query"), empty, LENGTH))
                .isTrue();
        assertThat(state().load(cluster, "stl_query").watermark()).contains(empty);
    }

    @Test
    void attemptIsRememberedUntilItsWindowIsFinished() {
        state().begin(cluster, "stl_query", ATTEMPT);
        TableState begun = state().load(cluster, "stl_query");
        assertThat(begun).isEqualTo(new TableState(Optional.empty(), Optional.empty(), Optional.of(ATTEMPT), 0));
        assertThat(begun.unfinishedBefore("jr_1")).isEmpty();
        assertThat(begun.unfinishedBefore("jr_2")).contains(ATTEMPT.window());

        assertThat(state().advance(cluster, "stl_query", begun, FIRST, LENGTH)).isTrue();
        assertThat(state().load(cluster, "stl_query").attempt()).isEmpty();
    }

    @Test
    void attemptDoesNotTouchTheWatermark() {
        state().advance(cluster, "stl_query", TableState.NOTHING, FIRST, LENGTH);
        state().begin(cluster, "stl_query", ATTEMPT);
        assertThat(state().load(cluster, "stl_query"))
                .isEqualTo(new TableState(Optional.of(FIRST), Optional.of(LENGTH), Optional.of(ATTEMPT), 1));
    }

    @Test
    void emptyAnswerIsRememberedUntilTheNextWatermark() {
        TableState.EmptyAnswer answer = new TableState.EmptyAnswer("jr_1", NOON.plusHours(1));
        state().advance(cluster, "stl_query", TableState.NOTHING, FIRST, LENGTH);
        state().begin(cluster, "stl_query", ATTEMPT);
        TableState begun = state().load(cluster, "stl_query");
        assertThat(state().await(cluster, "stl_query", begun, answer)).isTrue();
        TableState waiting = state().load(cluster, "stl_query");
        assertThat(waiting)
                .isEqualTo(new TableState(
                        Optional.of(FIRST),
                        Optional.of(LENGTH),
                        Optional.empty(),
                        Optional.of(answer),
                        Optional.empty(),
                        1,
                        List.of()));
        assertThat(waiting.emptyBefore("jr_1")).isEmpty();
        assertThat(waiting.emptyBefore("jr_2")).contains(NOON.plusHours(1));

        assertThat(state().advance(cluster, "stl_query", waiting, FIRST, LENGTH))
                .isTrue();
        assertThat(state().load(cluster, "stl_query").empty()).isEmpty();
        assertThat(state().await(cluster, "stl_query", waiting, answer))
                .as("after another watermark")
                .isFalse();
    }

    @Test
    void emptyAnswerOfATableWithoutAWatermarkIsRemembered() {
        TableState.EmptyAnswer answer = new TableState.EmptyAnswer("jr_1", NOON);
        assertThat(state().await(cluster, "stl_query", TableState.NOTHING, answer))
                .isTrue();
        assertThat(state().load(cluster, "stl_query").empty()).contains(answer);
    }

    @Test
    void firstExportIsRememberedUntilItIsDone() {
        Instant since = Instant.parse("2026-11-19T12:00:00.5Z");
        Backfill begun = new Backfill(NOON.minusDays(7), NOON, since, Optional.empty());
        Backfill later = new Backfill(NOON.minusDays(7), NOON, since, Optional.of(since.plusSeconds(90)));
        state().advance(cluster, "stl_query", TableState.NOTHING, FIRST, LENGTH);
        for (Backfill backfill : List.of(begun, later, begun)) {
            state().recordBackfill(cluster, "stl_query", Optional.of(backfill));
            assertThat(state().load(cluster, "stl_query").backfill()).contains(backfill);
        }
        assertThat(state().advance(cluster, "stl_query", state().load(cluster, "stl_query"), FIRST, LENGTH))
                .isTrue();
        TableState advanced = state().load(cluster, "stl_query");
        assertThat(advanced.backfill()).contains(begun);
        state().recordBackfill(cluster, "stl_query", Optional.empty());
        assertThat(state().load(cluster, "stl_query"))
                .isEqualTo(new TableState(Optional.of(FIRST), Optional.of(LENGTH), Optional.empty(), 2));
    }

    @Test
    void aClosedDayIsRemembered() {
        assertThat(state().closedDay(cluster, "stl_query")).isEmpty();
        ClosedDay counted =
                new ClosedDay(NOON.toLocalDate(), Optional.of(new ClosedDay.Totals(12, 10, List.of(3, 17))));
        state().closeDay(cluster, "stl_query", counted, NOON);
        assertThat(state().closedDay(cluster, "stl_query")).contains(NOON.toLocalDate());
        assertThat(state().closedDay(cluster, "stl_scan")).isEmpty();
        ClosedDay givenUp = new ClosedDay(NOON.toLocalDate().plusDays(1), Optional.empty());
        state().closeDay(cluster, "stl_query", givenUp, NOON);
        assertThat(state().closedDay(cluster, "stl_query")).contains(givenUp.day());
    }

    @Test
    void aCountIsClaimedByOneRunUntilItIsMadeOrTheClaimHasRunOut() {
        Duration half = Duration.ofMinutes(30);
        assertThat(state().claimCount(cluster, "stl_query", "jr_1", NOON, half)).isTrue();
        assertThat(state().claimCount(cluster, "stl_query", "jr_2", NOON, half)).isFalse();
        assertThat(state().claimCount(cluster, "stl_scan", "jr_2", NOON, half)).isTrue();
        assertThat(state().claimCount(cluster, "stl_query", "jr_3", NOON.plusMinutes(29), half))
                .isFalse();
        assertThat(state().claimCount(cluster, "stl_query", "jr_4", NOON.plusMinutes(30), half))
                .isTrue();
        state().closeDay(
                        cluster,
                        "stl_query",
                        new ClosedDay(NOON.toLocalDate(), Optional.empty()),
                        NOON.plusMinutes(31));
        assertThat(state().claimCount(cluster, "stl_query", "jr_5", NOON.plusMinutes(31), half))
                .isTrue();
    }

    @Test
    void sealingIsClaimedByOneRunAndSaysHowFarItIs() {
        Duration half = Duration.ofMinutes(30);
        SealState.Attempt attempt = new SealState.Attempt("stl_query", NOON.toLocalDate());
        assertThat(state().seals(cluster)).isEqualTo(SealState.NOTHING);
        assertThat(state().claimSealing(cluster, "jr_1", NOON, half)).isTrue();
        assertThat(state().claimSealing(cluster, "jr_2", NOON.plusMinutes(29), half))
                .isFalse();
        state().beginSealing(cluster, attempt);
        assertThat(state().seals(cluster))
                .as("what a later run finds if this one dies")
                .isEqualTo(new SealState(Optional.empty(), Optional.of(attempt)));
        assertThat(state().claimSealing(cluster, "jr_3", NOON.plusMinutes(30), half))
                .isTrue();
        state().closeSealing(cluster, NOON.toLocalDate(), "head", NOON);
        assertThat(state().seals(cluster)).isEqualTo(new SealState(Optional.of(NOON.toLocalDate()), Optional.empty()));
        assertThat(state().claimSealing(cluster, "jr_4", NOON.plusMinutes(31), half))
                .isTrue();
        assertThat(state().claimSealing(new ClusterName("other"), "jr_4", NOON, half))
                .isTrue();
    }

    @Test
    void compactionSaysHowFarItIs() {
        SealState.Attempt attempt = new SealState.Attempt("stl_query", NOON.toLocalDate());
        assertThat(state().compaction(cluster)).isEqualTo(CompactionState.NOTHING);
        state().beginCompaction(cluster, attempt);
        assertThat(state().compaction(cluster))
                .as("what a later run finds if this one dies")
                .isEqualTo(new CompactionState(Optional.empty(), Optional.of(attempt)));
        state().closeCompaction(cluster, NOON.toLocalDate(), NOON);
        assertThat(state().compaction(cluster))
                .isEqualTo(new CompactionState(Optional.of(NOON.toLocalDate()), Optional.empty()));
        assertThat(state().seals(cluster)).as("something else").isEqualTo(SealState.NOTHING);
    }

    @Test
    void snapshotsOfATableExpireOnceADay() {
        LocalDate today = NOON.toLocalDate();
        String table = "expiring_in_" + cluster;
        assertThat(state().claimExpiry(table, "jr_1", today)).isTrue();
        assertThat(state().claimExpiry(table, "jr_2", today)).isFalse();
        assertThat(state().claimExpiry(table + "_too", "jr_2", today)).isTrue();
        assertThat(state().claimExpiry(table, "jr_2", today.plusDays(1))).isTrue();
        assertThat(state().claimExpiry(table, "jr_1", today.plusDays(1))).isFalse();
    }

    /** Protects against a zombie that moves the watermark back over what another run has read since. */
    @Test
    void watermarkIsRefusedWhenSomebodyElseHasStoredOneSince() {
        TableState both = state().load(cluster, "stl_query");
        Watermark second = new Watermark(NOON.plusHours(1), Optional.of(NOON), "uuid-1", "host:a:5439/dev");
        assertThat(state().advance(cluster, "stl_query", both, second, LENGTH)).isTrue();
        assertThat(state().advance(cluster, "stl_query", both, FIRST, LENGTH)).isFalse();
        assertThat(state().load(cluster, "stl_query").watermark()).contains(second);
    }

    @Test
    void watermarkIsRefusedWhenTheTableWasLostSince() {
        TableState fromBefore = new TableState(Optional.of(FIRST), Optional.of(LENGTH), Optional.empty(), 7);
        assertThat(state().advance(cluster, "stl_query", fromBefore, FIRST, LENGTH))
                .isFalse();
        assertThat(state().load(cluster, "stl_query")).isEqualTo(TableState.NOTHING);
    }

    @Test
    void defaultExportsAreDecidedOnce() {
        assertThat(state().exports(cluster)).isEqualTo(ClusterExports.NOTHING);
        assertThat(state().decide(cluster, DefaultExports.CORE)).isEqualTo(DefaultExports.CORE);
        assertThat(state().decide(cluster, DefaultExports.SUITABLE)).isEqualTo(DefaultExports.CORE);
        assertThat(state().exports(cluster).byDefault()).contains(DefaultExports.CORE);
    }

    @Test
    void exportsComeBackAndTheDefaultStays() {
        Instant since = Instant.parse("2026-11-19T12:00:00.000001Z");
        state().decide(cluster, DefaultExports.SUITABLE);
        ClusterExports exports = state().exports(cluster)
                .select(List.of("a", "b", "c"), List.of("s", "t"), since)
                .unavailable(Map.of("b", "GRANT", "s", "GRANT", "t", "GRANT"), Map.of("c", since));
        state().record(cluster, exports);
        assertThat(state().exports(cluster)).isEqualTo(exports);
        ClusterExports fewer = exports.select(List.of("a", "d"), List.of("t", "u"), since.plusSeconds(1));
        assertThat(fewer.selected()).isEqualTo(Map.of("a", since, "d", since.plusSeconds(1)));
        state().record(cluster, fewer);
        assertThat(state().exports(cluster)).isEqualTo(fewer);
        assertThat(fewer.snapshots()).isEqualTo(Map.of("t", since, "u", since.plusSeconds(1)));
        assertThat(fewer.refused()).containsOnlyKeys("t");
        assertThat(state().exports(new ClusterName("other-" + UUID.randomUUID())))
                .isEqualTo(ClusterExports.NOTHING);
    }

    @Test
    void tablesAndClustersDoNotMix() {
        state().advance(cluster, "stl_query", TableState.NOTHING, FIRST, LENGTH);
        assertThat(state().load(cluster, "stl_querytext")).isEqualTo(TableState.NOTHING);
        assertThat(state().load(new ClusterName("other-" + UUID.randomUUID()), "stl_query"))
                .isEqualTo(TableState.NOTHING);
    }
}
