package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.LocalLake;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Query ids that come back, as after pause and resume before patch 202: two runs of id 17 by the same user. Each child row
 * arrives once, with its own run where something tells the runs apart.
 */
class RepeatedIdsTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T10:00:00");
    private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final List<String> CHILDREN =
            List.of("stl_querytext", "stl_explain", "stl_scan", "stl_alert_event_log");
    private static final List<String> TOLD_APART = List.of("stl_querytext", "stl_scan", "stl_alert_event_log");

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private final ExportFixture pipeline = new ExportFixture(STORAGE);

    @BeforeEach
    void begin() {
        pipeline.export(ExportFixture.CORE.stream()
                .filter(export -> export.name().equals("stl_query") || CHILDREN.contains(export.name()))
                .toList());
        pipeline.workload.beginAt(START);
        pipeline.workload.idle(START, START.plusDays(1));
    }

    private void query(int xid, LocalDateTime end, String text) {
        String start = "timestamp '" + LITERAL.format(end.minusSeconds(10)) + "'";
        String stop = "timestamp '" + LITERAL.format(end) + "'";
        String ids = "107, 17, ";
        pipeline.administer(
                "insert into stl_query (userid, query, xid, pid, querytxt, starttime, endtime) values (" + ids + xid
                        + ", " + xid + ", '" + text + "', " + start + ", " + stop + ")",
                "insert into stl_querytext (userid, query, xid, pid, sequence, text) values (" + ids + xid + ", " + xid
                        + ", 0, '" + text + "')",
                "insert into stl_explain (userid, query, nodeid, parentid, plannode) values (" + ids + "1, 0, '" + text
                        + "')",
                "insert into stl_scan (userid, query, slice, segment, step, starttime, endtime, rows) values (" + ids
                        + "0, 0, 0, " + start + ", " + stop + ", 5)",
                "insert into stl_alert_event_log (userid, query, slice, segment, step, pid, xid, event, event_time) values ("
                        + ids + "0, 0, 0, 4711, " + xid + ", '" + text + "', " + start + ")");
    }

    private void runAfter(LocalDateTime end) {
        pipeline.workload.advanceTo(end.plusMinutes(3));
        RunSummary run = pipeline.run();
        assertThat(run.tables()).allMatch(TableSummary::complete);
    }

    /** How many rows of each {@code log_time} a table has. */
    private Map<LocalDateTime, Integer> arrivals(String table) {
        Map<LocalDateTime, Integer> arrivals = new TreeMap<>();
        for (Record row : pipeline.rows(table)) {
            arrivals.merge((LocalDateTime) row.getField("log_time"), 1, Integer::sum);
        }
        return arrivals;
    }

    @Test
    void secondRunAfterTheFirstWasExportedKeepsItsChildren() {
        LocalDateTime first = START.plusMinutes(10);
        LocalDateTime second = START.plusMinutes(40);
        query(1, first, "select one");
        runAfter(first);
        query(2, second, "select two");
        runAfter(second);
        for (String table : CHILDREN) {
            assertThat(arrivals(table)).as(table).isEqualTo(Map.of(first, 1, second, 1));
        }
        assertThat(pipeline.rows("stl_explain"))
                .extracting(row -> row.getField("plannode").toString().strip())
                .containsExactlyInAnyOrder("select one", "select two");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 600})
    void bothRunsInABacklogEachHaveTheirOwnChildren(int minutesApart) {
        LocalDateTime first = START.plusMinutes(10);
        LocalDateTime second = first.plusMinutes(minutesApart);
        query(1, first, "select one");
        query(2, second, "select two");
        runAfter(second);
        for (String table : TOLD_APART) {
            assertThat(arrivals(table)).as(table).isEqualTo(Map.of(first, 1, second, 1));
        }
        assertThat(arrivals("stl_explain")).as("nothing tells them apart").isEqualTo(Map.of(first, 2));
    }

    @Test
    void childrenOfAFirstRunThatWasTrimmedDoNotComeAgain() {
        LocalDateTime first = START.plusMinutes(10);
        LocalDateTime second = START.plusMinutes(40);
        query(1, first, "select one");
        // a later row that stays: the cluster is the same one
        pipeline.administer("insert into stl_query (userid, query, xid, endtime) values (107, 18, 9, timestamp '"
                + LITERAL.format(first.plusSeconds(1)) + "')");
        runAfter(first.plusSeconds(1));
        query(2, second, "select two");
        pipeline.administer("delete from stl_query where xid = 1");
        pipeline.workload.advanceTo(second.plusMinutes(3));
        RunSummary run = pipeline.run();
        for (String table : CHILDREN) {
            assertThat(arrivals(table)).as(table).isEqualTo(Map.of(first, 1, second, 1));
        }
        assertThat(run.tables())
                .filteredOn(table -> table.table().equals("stl_explain"))
                .flatExtracting(TableSummary::notes)
                .anyMatch(note -> note.contains("1 query ids came back: 1 of their rows"));
    }

    @Test
    void rowsThatNothingAttributesStayWithTheFirstRunOnce() {
        LocalDateTime first = START.plusMinutes(10);
        LocalDateTime second = START.plusMinutes(40);
        query(1, first, "select one");
        pipeline.administer(
                "update stl_querytext set xid = 0, pid = 0",
                "update stl_scan set starttime = null",
                "update stl_alert_event_log set xid = 0");
        runAfter(first);
        query(2, second, "select two");
        runAfter(second);
        for (String table : CHILDREN) {
            assertThat(arrivals(table)).as(table).isEqualTo(Map.of(first, 1, second, 1));
        }
    }

    @Test
    void equalRowsOfTwoRunsAreTwoRows() {
        LocalDateTime first = START.plusMinutes(10);
        LocalDateTime second = START.plusMinutes(40);
        query(1, first, "select same");
        runAfter(first);
        query(2, second, "select same");
        runAfter(second);
        assertThat(arrivals("stl_explain")).isEqualTo(Map.of(first, 1, second, 1));
    }
}
