package io.github.redshiftquerylogs.querydays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.DayRows;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.seal.SealedDay;
import io.github.redshiftquerylogs.seal.SealedDays;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which days are summarised, when, and that each revision of a day is in the lake once. */
class QueryDaySummariesTest {

    private static final ClusterName CLUSTER = new ClusterName("a");
    private static final LocalDate DAY = LocalDate.parse("2026-11-18");
    private static final Set<String> EXPORTS = Set.of("stl_query", "stl_scan", "stl_vacuum", "own_orders");
    private static final Instant NOW = Instant.parse("2026-11-20T04:00:00Z");

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "lake", "memory://lake");
    private final List<SealedDays.Entry> chain = new ArrayList<>();
    private final List<LocalDate> read = new ArrayList<>();

    private QueryDay reader = (cluster, day, groups) -> {
        read.add(day);
        groups.accept(Map.of("is_total", false, "runs", 3L, "alerts", Map.of("Nested Loop", 2L)));
        groups.accept(Map.of("is_total", true, "runs", 3L));
    };

    @BeforeEach
    void createLake() {
        catalog.createNamespace(Namespace.of("lake"));
    }

    private void seal(String table, LocalDate day, long rows) {
        int revision = 1
                + (int) chain.stream()
                        .filter(entry -> entry.day().table().equals(table)
                                && entry.day().day().equals(day))
                        .count();
        SealedDay sealed = new SealedDay(
                table,
                day,
                revision,
                SealedDay.State.SEALED,
                OptionalLong.of(rows),
                new DayRows(rows, "", Optional.empty(), Optional.empty()),
                SealedDay.Late.NONE,
                "run");
        chain.add(new SealedDays.Entry(chain.size() + 1, sealed, "", ""));
    }

    private boolean write(Instant deadline) {
        return new QueryDaySummaries(CLUSTER, lake, reader, Clock.fixed(NOW, ZoneOffset.UTC))
                .write(chain, EXPORTS, DAY.minusDays(5), "run-1", deadline);
    }

    private boolean write() {
        return write(NOW.plusSeconds(60));
    }

    private Table table() {
        return catalog.loadTable(TableIdentifier.of("lake", "query_days"));
    }

    private List<String> rows() {
        return TestingLake.rows(table()).stream()
                .sorted(Comparator.comparing(
                        row -> row.getField("day") + " " + row.getField("revision") + row.getField("is_total")))
                .map(row -> row.getField("day") + " " + row.getField("revision")
                        + (Boolean.TRUE.equals(row.getField("is_total")) ? " total " : " group ") + row.getField("runs")
                        + " of " + row.getField("seals"))
                .toList();
    }

    @Test
    void aDayWaitsForTheLastOfItsInputs() {
        seal("stl_query", DAY, 7);
        seal("stl_vacuum", DAY, 7);
        assertThat(write()).isTrue();
        assertThat(rows()).isEmpty();
        seal("stl_scan", DAY, 7);
        assertThat(write()).isTrue();
        assertThat(write()).isTrue();
        assertThat(rows())
                .containsExactly(
                        "2026-11-18 1 group 3 of stl_query:1 stl_scan:1",
                        "2026-11-18 1 total 3 of stl_query:1 stl_scan:1");
        assertThat(read).as("once").containsExactly(DAY);
    }

    @Test
    void aDayThatTheSourceHasNoLongerWaitsForNothing() {
        seal("stl_query", DAY.minusDays(6), 7);
        assertThat(write()).isTrue();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aResealedDayGetsARevision() {
        seal("stl_query", DAY, 7);
        seal("stl_scan", DAY, 7);
        write();
        seal("stl_scan", DAY, 8);
        write();
        assertThat(rows()).hasSize(4).contains("2026-11-18 2 total 3 of stl_query:1 stl_scan:2");
        FaultyCatalog.compact(table());
        write();
        assertThat(rows()).as("compaction keeps what the decision needs").hasSize(4);
    }

    @Test
    void aDayWithoutQueriesIsSaidAndNotRead() {
        for (int days = 0; days < 3; days++) {
            seal("stl_query", DAY.plusDays(days), days == 1 ? 5 : 0);
            seal("stl_scan", DAY.plusDays(days), 9);
        }
        write();
        assertThat(rows())
                .containsExactly(
                        "2026-11-18 1 total 0 of stl_query:1 stl_scan:1",
                        "2026-11-19 1 group 3 of stl_query:1 stl_scan:1",
                        "2026-11-19 1 total 3 of stl_query:1 stl_scan:1",
                        "2026-11-20 1 total 0 of stl_query:1 stl_scan:1");
        assertThat(read).containsExactly(DAY.plusDays(1));
        assertThat(table().snapshots()).as("commits").hasSize(2);
    }

    @Test
    void nothingBeginsAfterTheDeadline() {
        seal("stl_query", DAY, 7);
        seal("stl_scan", DAY, 7);
        assertThat(write(NOW)).isFalse();
        assertThat(rows()).isEmpty();
    }

    @Test
    void ofTwoRunsAtOnceOneWrites() {
        seal("stl_query", DAY, 7);
        seal("stl_scan", DAY, 7);
        QueryDay first = reader;
        reader = (cluster, day, groups) -> {
            QueryDay second = reader;
            reader = first;
            write();
            reader = second;
            first.read(cluster, day, groups);
        };
        assertThat(write()).isTrue();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aLostReplyDoublesNothing() {
        seal("stl_query", DAY, 7);
        seal("stl_scan", DAY, 7);
        write();
        seal("stl_scan", DAY, 8);
        boolean[] lost = new boolean[1];
        catalog.disturb(commit -> {
            commit.run();
            if (!lost[0]) {
                lost[0] = true;
                throw new CommitStateUnknownException(new IllegalStateException("no reply"));
            }
        });
        assertThat(write()).isTrue();
        assertThat(lost[0]).isTrue();
        assertThat(rows()).hasSize(4);
    }

    @Test
    void aFailureLeavesNoRowsOfTheDay() {
        seal("stl_query", DAY, 7);
        seal("stl_scan", DAY, 7);
        QueryDay whole = reader;
        reader = (cluster, day, groups) -> {
            groups.accept(Map.of("is_total", false, "runs", 3L));
            throw new LakeException("cannot read");
        };
        assertThatThrownBy(this::write).hasMessage("cannot read");
        assertThat(rows()).isEmpty();
        reader = whole;
        write();
        assertThat(rows()).hasSize(2);
    }
}
