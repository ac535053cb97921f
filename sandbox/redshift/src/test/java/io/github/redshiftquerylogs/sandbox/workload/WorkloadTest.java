package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumnType;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {

    private static final LocalDateTime MORNING = LocalDateTime.parse("2026-11-20T06:30:00");

    private EmbeddedRedshift redshift;
    private Ledger ledger;
    private Workload workload;

    @BeforeEach
    void start() {
        start(Patch.NEWER, new WorkloadProfile(7, 4, 1, Duration.ofMinutes(2)));
    }

    private void start(Patch patch, WorkloadProfile profile) {
        redshift = EmbeddedRedshift.recycled("alpha", StandInRows.USER, StandInRows.PASSWORD, patch);
        ledger = new Ledger(redshift.tables());
        workload = new Workload(redshift, ledger, profile);
    }

    @AfterEach
    void stop() {
        workload.close();
        redshift.close();
    }

    private void assertThatTheLedgerIsTheSource() throws SQLException {
        for (SystemTable table : redshift.tables()) {
            assertThat(ledger.multiset(table.name()))
                    .as(table.name())
                    .isNotEmpty()
                    .isEqualTo(StandInRows.multiset(redshift, table));
        }
    }

    @ParameterizedTest
    @EnumSource(Patch.class)
    void theLedgerIsWhatTheSourceShowsAfterHistoryAndLiveSteps(Patch patch) throws SQLException {
        stop();
        start(patch, new WorkloadProfile(7, 4, 1, Duration.ofMinutes(2)));
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            // across the night in which New York skips an hour
            LocalDateTime from = LocalDateTime.parse("2026-03-07T22:00:00");
            workload.writeHistory(from, from.plusHours(8));
            for (int i = 1; i <= 60; i++) {
                workload.advanceTo(from.plusHours(8).plusSeconds(i * 17L));
            }
            assertThatTheLedgerIsTheSource();
            workload.finish();
            workload.advanceTo(workload.now().plus(workload.profile().lateness()));
            assertThat(workload.pendingRows()).isZero();
            assertThatTheLedgerIsTheSource();
            assertThat(ledger.rows("stl_query"))
                    .anyMatch(row -> String.valueOf(row.get(8)).startsWith("2026-03-08 02:"));
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aLakeThatIsReadUpToATimeHasTheRowsOfWhatHasEndedByThen() {
        workload.writeHistory(MORNING, MORNING.plusHours(2));
        String table = "stl_query";
        int end = redshift.tables().stream()
                .filter(known -> known.name().equals(table))
                .findFirst()
                .orElseThrow()
                .columnNames()
                .indexOf("endtime");
        List<LocalDateTime> ends = ledger.rows(table).stream()
                .map(row -> LocalDateTime.parse(String.valueOf(row.get(end)).replace(' ', 'T')))
                .sorted()
                .toList();
        LocalDateTime middle = ends.get(ends.size() / 2);
        long read = ends.stream().filter(time -> !time.isAfter(middle)).count();
        assertThat(rows(ledger.multiset(table, middle)))
                .isEqualTo(read)
                .isGreaterThan(rows(ledger.multiset(table, middle.minusNanos(1_000))));
        assertThat(ledger.multiset(table, MORNING)).isEmpty();
        assertThat(ledger.multiset(table, MORNING.plusHours(2))).isEqualTo(ledger.multiset(table));
    }

    private static long rows(Map<List<@Nullable String>, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void theSameSeedGivesTheSameRowsInWhateverSteps() {
        workload.writeHistory(MORNING, MORNING.plusHours(2));
        try (EmbeddedRedshift other = EmbeddedRedshift.recycled("other", StandInRows.USER, StandInRows.PASSWORD);
                Workload inSteps = new Workload(other, new Ledger(other.tables()), workload.profile());
                Workload otherSeed = new Workload(
                        other, new Ledger(other.tables()), new WorkloadProfile(8, 4, 1, Duration.ofMinutes(2)))) {
            inSteps.beginAt(MORNING);
            for (int i = 1; i <= 20; i++) {
                inSteps.advanceTo(MORNING.plusSeconds(i * 360L));
            }
            otherSeed.writeHistory(MORNING, MORNING.plusHours(2));
            for (SystemTable table : redshift.tables()) {
                assertThat(inSteps.ledger().rows(table.name()))
                        .isEqualTo(ledger.rows(table.name()))
                        .isNotEmpty();
                assertThat(otherSeed.ledger().rows(table.name())).isNotEqualTo(ledger.rows(table.name()));
            }
        }
    }

    @Test
    void aRowIsThereFromItsTimeOnAndNeverBeforeAndTheClockComesWithIt() throws SQLException {
        workload.beginAt(MORNING);
        LoggedStatement statement =
                workload.write(QueryShape.LONG, MORNING.plusSeconds(30).plusNanos(1_000));
        assertThat(statement.rows())
                .allSatisfy(row -> assertThat(row.visible())
                        .isBetween(row.logTime(), row.logTime().plusSeconds(60)))
                .extracting(LogRow::visible)
                .doesNotHaveDuplicates();
        // read by another session and thread in one snapshot: the clock and the visible rows
        LiveLoad load = LiveLoad.start(
                workload,
                new CompressedClock(Clock.systemUTC(), MORNING.toInstant(ZoneOffset.UTC), 20),
                Duration.ofMillis(5));
        int partly = 0;
        try (load;
                Connection reader = redshift.admin();
                PreparedStatement snapshot =
                        reader.prepareStatement("select now, (select count(*) from stl_querytext where query = "
                                + statement.query() + ") from sandbox_clock")) {
            List<LogRow> texts = statement.rows("stl_querytext");
            for (long seen = 0; seen < texts.size(); ) {
                try (ResultSet result = snapshot.executeQuery()) {
                    result.next();
                    LocalDateTime now = result.getObject(1, LocalDateTime.class);
                    seen = result.getLong(2);
                    assertThat(seen)
                            .isEqualTo(texts.stream()
                                    .filter(row -> !row.visible().isAfter(now))
                                    .count());
                    partly += seen > 0 && seen < texts.size() ? 1 : 0;
                }
            }
        }
        assertThat(partly).isGreaterThan(3);
    }

    @Test
    void everyShapeCanBeWrittenOnDemandAndArrivesInTime() throws SQLException {
        workload.beginAt(MORNING);
        workload.idle(MORNING, MORNING.plusDays(1));
        for (QueryShape shape : QueryShape.values()) {
            long before = total();
            LocalDateTime begin = workload.now();
            LoggedStatement statement =
                    workload.write(shape, begin.plusSeconds(40).plusNanos(123_456_000));
            workload.advanceTo(begin.plusMinutes(3));
            assertThat(workload.pendingRows()).as(shape.name()).isZero();
            assertThat(total() - before)
                    .as(shape.name())
                    .isEqualTo(statement.rows().size())
                    .isPositive();
            assertThat(statement.shape()).isEqualTo(shape);
        }
        assertThatTheLedgerIsTheSource();
    }

    private long total() {
        return ledger.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void whatWouldBeFinishedAlreadyIsRefused() {
        workload.beginAt(MORNING);
        assertThatThrownBy(() -> workload.write(QueryShape.ORDINARY, MORNING.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> workload.advanceTo(MORNING.minusSeconds(1)))
                .hasMessageContaining("time does not run backwards");
    }

    @Test
    void anIdleIntervalHasNoRowsOfItsTime() throws SQLException {
        workload.writeHistory(MORNING, MORNING.plusMinutes(30));
        LocalDateTime from = workload.now();
        workload.idle(from, from.plusMinutes(10));
        workload.advanceTo(from.plusMinutes(20));
        String ends = "select count(*) from stl_query where endtime >= '%s' and endtime < '%s'";
        try (Connection connection = StandInRows.connect(redshift);
                Statement statement = connection.createStatement()) {
            assertThat(count(statement, ends.formatted(from, from.plusMinutes(10))))
                    .isZero();
            assertThat(count(statement, ends.formatted(from.plusMinutes(10), from.plusMinutes(20))))
                    .isPositive();
            assertThat(count(statement, ends.formatted(from.minusMinutes(10), from)))
                    .isPositive();
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void afterFinishNothingNewEndsAndNothingStaysPending() {
        workload.writeHistory(MORNING, MORNING.plusMinutes(20).plusSeconds(13));
        assertThat(workload.pendingRows()).isPositive();
        LocalDateTime finished = workload.now();
        workload.finish();
        workload.advanceTo(finished.plusMinutes(30));
        assertThat(workload.pendingRows()).isZero();
        assertThat(ledger.rows("stl_query"))
                .isNotEmpty()
                .allMatch(row ->
                        String.valueOf(row.get(8)).compareTo(finished.toString().replace('T', ' ')) <= 0);
    }

    @Test
    void aLiveLoadFollowsItsClockHoldsAndGoesOn() {
        workload.beginAt(MORNING);
        LocalDateTime late = MORNING.plusMinutes(1);
        try (LiveLoad load = LiveLoad.start(
                workload,
                new CompressedClock(Clock.systemUTC(), MORNING.toInstant(ZoneOffset.UTC), 60),
                Duration.ofMillis(20))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> workload.now().isAfter(late));
            load.pause();
            LocalDateTime held = workload.now();
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> workload.now().equals(held) && redshift.now().equals(held));
            load.resume();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> workload.now().isAfter(held));
        }
        LocalDateTime closed = workload.now();
        try (LiveLoad behind =
                LiveLoad.start(workload, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Duration.ofMillis(5))) {
            Awaitility.await()
                    .during(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> workload.now().equals(closed));
            behind.pause();
        }
    }

    @Test
    void aFailedStepIsReportedAndNothingIsEntered() throws SQLException {
        workload.beginAt(MORNING);
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("drop table stl_query");
        }
        assertThatThrownBy(() -> workload.advanceTo(MORNING.plusHours(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot write the rows");
        assertThat(ledger.counts().values()).containsOnly(0L);
        assertThatThrownBy(() -> workload.advanceTo(MORNING.plusHours(2))).hasMessageContaining("no longer complete");
    }

    @Test
    void theLoadGoesOnWhenTheSourceIsGivenAColumn() throws SQLException {
        workload.writeHistory(MORNING, MORNING.plusHours(1));
        long before = ledger.rows("stl_query").size();
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("alter table stl_query add column user_query_hash character(40)");
        }
        workload.advanceTo(MORNING.plusHours(2));
        assertThat(ledger.rows("stl_query")).hasSizeGreaterThan((int) before);
        assertThatTheLedgerIsTheSource();
    }

    @Test
    void aTableThatNoShapeWritesHasARowForEachQuery() throws SQLException {
        SystemTable added = new SystemTable(
                "stl_added",
                List.of(
                        new SystemColumn("userid", SystemColumnType.INTEGER, 0, false),
                        new SystemColumn("query", SystemColumnType.INTEGER, 0, false),
                        new SystemColumn("xid", SystemColumnType.BIGINT, 0, false),
                        new SystemColumn("startqueue", SystemColumnType.TIMESTAMP, 0, false),
                        new SystemColumn("recordtime", SystemColumnType.TIMESTAMP, 0, false),
                        new SystemColumn("rows", SystemColumnType.BIGINT, 0, false),
                        new SystemColumn("reason", SystemColumnType.CHARACTER, 4, false)));
        List<SystemTable> tables = new ArrayList<>(SystemTables.tables(Patch.NEWER));
        tables.add(added);
        try (EmbeddedRedshift extended =
                        EmbeddedRedshift.recycled("extended", StandInRows.USER, StandInRows.PASSWORD, tables);
                Workload load = new Workload(extended, new Ledger(tables), workload.profile())) {
            load.writeHistory(MORNING, MORNING.plusHours(2));
            load.finish();
            load.advanceTo(load.now().plus(load.profile().lateness()));
            try (Connection connection = StandInRows.connect(extended);
                    Statement statement = connection.createStatement()) {
                assertThat(count(
                                statement,
                                "select count(*) from stl_added a join (select query, userid, xid,"
                                        + " min(starttime) as starttime, min(endtime) as endtime from stl_query"
                                        + " group by query, userid, xid) q on q.query = a.query and q.userid = a.userid"
                                        + " and q.xid = a.xid and q.starttime = a.startqueue and q.endtime = a.recordtime"
                                        + " where a.reason = 'reas'"))
                        .isEqualTo(load.ledger().rows("stl_added").size())
                        .isEqualTo(count(
                                statement, "select count(*) from (select distinct query, userid from stl_query) q"))
                        .isPositive();
            }
            workload.writeHistory(MORNING, MORNING.plusHours(2));
            workload.finish();
            workload.advanceTo(workload.now().plus(workload.profile().lateness()));
            for (SystemTable table : redshift.tables()) {
                assertThat(load.ledger().rows(table.name()))
                        .as("rows of other tables do not depend on it")
                        .isEqualTo(ledger.rows(table.name()));
            }
        }
    }

    @Test
    void aLateStatementIsShownNowWithTheTimeAtWhichItEnded() throws SQLException {
        workload.writeHistory(MORNING, MORNING.plusHours(1));
        int before = ledger.rows("stl_query").size();
        workload.writeLate(QueryShape.DDL, MORNING.minusDays(1));
        workload.writeLate(QueryShape.ORDINARY, MORNING.minusDays(1));
        workload.advanceTo(workload.now().plusNanos(1_000));
        assertThat(ledger.rows("stl_query")).hasSizeGreaterThan(before);
        assertThatTheLedgerIsTheSource();
        assertThatThrownBy(() ->
                        workload.writeLate(QueryShape.ORDINARY, workload.now().plusMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the past");
    }
}
