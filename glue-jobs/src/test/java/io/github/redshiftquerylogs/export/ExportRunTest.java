package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.workload.LoggedStatement;
import io.github.redshiftquerylogs.sandbox.workload.QueryShape;
import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of the export over a cluster under load: nothing lost, nothing twice. */
class ExportRunTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T21:00:00");
    private static final List<String> QUERY_TABLES =
            List.of("stl_query", "stl_querytext", "stl_explain", "stl_scan", "stl_alert_event_log", "stl_wlm_query");

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private final ExportFixture pipeline = new ExportFixture(STORAGE);

    @Test
    void backlogAndLaterRowsArriveOnceAcrossMidnight() {
        pipeline.workload.writeHistory(START, START.plusHours(5));
        RunSummary first = pipeline.run();
        assertThat(first.tables()).allSatisfy(table -> {
            assertThat(table.origin()).contains("first_export");
            assertThat(table.complete()).isTrue();
            assertThat(table.windows()).as("one a day at least").isGreaterThanOrEqualTo(2);
        });
        for (int minutes : new int[] {5, 7, 61}) {
            pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(minutes));
            assertThat(pipeline.run().tables())
                    .allMatch(table -> table.origin().orElseThrow().equals("watermark"));
        }
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void longQueryThatEndsAfterManyLaterOnesWereExportedArrivesWithAllItsRows() {
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        LocalDateTime end = pipeline.workload.now().plusMinutes(3);
        LoggedStatement query = pipeline.workload.write(QueryShape.LONG, end);
        assertThat(query.rows("stl_query")).isNotEmpty();
        pipeline.workload.advanceTo(end.plusMinutes(1));
        pipeline.run();
        pipeline.workload.finish();
        pipeline.settleAndRun();
        for (String table : QUERY_TABLES) {
            assertThat(query.rows(table)).as(table).isNotEmpty();
        }
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void idleIntervalCommitsNothingAndMovesTheWatermark() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.workload.idle(pipeline.workload.now(), pipeline.workload.now().plusMinutes(30));
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(10));
        pipeline.run();
        long snapshot = pipeline.table("stl_query").currentSnapshot().snapshotId();
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(10));

        RunSummary idle = pipeline.run();

        assertThat(idle.tables()).allMatch(table -> table.rows() == 0 && table.complete());
        assertThat(pipeline.table("stl_query").currentSnapshot().snapshotId()).isEqualTo(snapshot);
        assertThat(pipeline.readUpTo("stl_query"))
                .isEqualTo(pipeline.redshift.now().minusMinutes(2));
        pipeline.workload.advanceTo(pipeline.workload.now().plusHours(1));
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void clusterWithoutAnyRowIsReadUpToTheBoundAndGoesOnFromThere() {
        pipeline.workload.beginAt(START);
        pipeline.workload.idle(START, START.plusHours(1));
        pipeline.workload.advanceTo(START.plusMinutes(30));
        pipeline.run();
        assertThat(pipeline.state.load(ExportFixture.CLUSTER, "stl_query").watermark())
                .as("nothing proves that there is no row")
                .isEmpty();
        pipeline.workload.advanceTo(START.plusMinutes(35));
        pipeline.run();
        assertThat(pipeline.readUpTo("stl_query")).as("what the first run got").isEqualTo(START.plusMinutes(28));
        pipeline.workload.advanceTo(START.plusHours(3));
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void lostStateCostsNothingButTime() {
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        pipeline.state.clear();
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(30));
        RunSummary next = pipeline.run();
        assertThat(next.tables()).allMatch(table -> table.origin().orElseThrow().equals("lake"));
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void zoneOfTheMachineDoesNotMatterNotEvenInTheHourThatDaylightSavingSkips() {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            pipeline.workload.writeHistory(
                    LocalDateTime.parse("2026-03-08T01:30:00"), LocalDateTime.parse("2026-03-08T03:30:00"));
            pipeline.run();
            pipeline.workload.finish();
            pipeline.settleAndRun();
            assertThat(pipeline.ledger.rows("stl_query"))
                    .as("rows in the hour that New York skips")
                    .anyMatch(row -> String.join("|", row).contains("2026-03-08 02:"));
            pipeline.requireLakeEqualsLedger();
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void twoRunsAtOnceDoNotDouble() {
        exportQueriesOnly();
        pipeline.workload.writeHistory(START, START.plusHours(2));
        List<RunSummary> inner = new ArrayList<>();
        RunSummary outer = pipeline.run(pipeline.state, (description, task) -> {
            var written = pipeline.runTask(description, task);
            if (inner.isEmpty()) {
                // another run does all its work between this one's reading and its commit
                inner.add(pipeline.run());
            }
            return written;
        });
        assertThat(inner).hasSize(1);
        assertThat(outer.status()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(outer.tables().get(0).attempts())
                .isGreaterThan(outer.tables().get(0).windows());
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void windowWhoseCommitOthersOvertakeEachTimeStartsOver() {
        exportQueriesOnly();
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        pipeline.table("stl_query")
                .updateProperties()
                .set("commit.retry.num-retries", "0")
                .commit();
        pipeline.workload.advanceTo(pipeline.workload.now().plusHours(1));
        STORAGE.endpoint()
                .failNext(
                        "UpdateTable", new AwsError("ConcurrentModificationException", "another cluster was first"), 2);

        TableSummary table = pipeline.run().tables().get(0);

        assertThat(table.attempts()).isEqualTo(table.windows() + 2);
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void runAsksTheCatalogForEachTableOnlyAsOftenAsItHasTo() {
        exportQueriesOnly();
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(10));
        int tables = STORAGE.endpoint().callCount("GetTable");
        int databases = STORAGE.endpoint().callCount("GetDatabase");

        TableSummary table = pipeline.run().tables().get(0);

        assertThat(table.windows()).isEqualTo(1);
        assertThat(table.rows()).isPositive();
        assertThat(STORAGE.endpoint().callCount("GetDatabase") - databases).isEqualTo(1);
        assertThat(STORAGE.endpoint().callCount("GetTable") - tables)
                .as("clusters (twice) and export_states looked at; stl_query opened, committed (3, all of Iceberg)")
                .isEqualTo(9);
    }

    private void exportQueriesOnly() {
        pipeline.export(ExportFixture.CORE.stream()
                .filter(export -> export.name().equals("stl_query"))
                .toList());
    }

    @Test
    void clocksFarApartAreReportedAndNothingIsRead() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        Clock ahead = Clock.fixed(START.plusHours(2).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        RunSummary summary = pipeline.run(pipeline.state, pipeline::runTask, ahead);
        assertThat(summary.status()).isEqualTo(RunSummary.Status.CLOCK);
        assertThat(summary.error().orElseThrow()).contains("the source's clock shows");
        assertThat(summary.tables()).isEmpty();
    }

    @Test
    void clockThatWentBackIsReportedAndNothingIsRead() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.run();
        pipeline.redshift.setClock(pipeline.redshift.now().minusSeconds(10));
        RunSummary summary = pipeline.run(pipeline.state, pipeline::runTask);
        assertThat(summary.status()).isEqualTo(RunSummary.Status.CLOCK);
        assertThat(summary.error().orElseThrow()).contains("expected a clock that does not go back");
    }

    /** Sets the stored watermark of stl_scan, and makes more rows. */
    private void withMarkOfScans(UnaryOperator<Watermark> change) {
        pipeline.workload.writeHistory(START, START.plusHours(3));
        pipeline.run();
        pipeline.state.replace(
                ExportFixture.CLUSTER,
                "stl_scan",
                stored -> new TableState(
                        stored.watermark().map(change),
                        stored.windowLength(),
                        stored.attempt(),
                        stored.empty(),
                        stored.backfill(),
                        stored.revision(),
                        List.of("what the state table had was not readable")));
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(10));
    }

    private static TableSummary scans(RunSummary summary) {
        return summary.tables().stream()
                .filter(table -> table.table().equals("stl_scan"))
                .findFirst()
                .orElseThrow();
    }

    private static Watermark withReadUpTo(Watermark mark, LocalDateTime readUpTo) {
        return new Watermark(readUpTo, mark.maxLogTime(), mark.tableUuid(), mark.sourceIdentity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-19T01:00:00", "2099-01-01T00:00:00", "9999-12-31T23:59:59"})
    void watermarkThatNoRunCanHaveWrittenIsNotedAndTheLakeDecides(LocalDateTime readUpTo) {
        withMarkOfScans(mark -> withReadUpTo(mark, readUpTo));
        RunSummary summary = pipeline.run();
        assertThat(scans(summary).origin()).contains("lake");
        assertThat(scans(summary).notes())
                .anySatisfy(note -> assertThat(note).startsWith("the stored watermark is " + readUpTo + ": expected"))
                .contains("what the state table had was not readable");
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void watermarkBehindTheLakeDoublesNothing() {
        withMarkOfScans(mark -> withReadUpTo(mark, START.plusMinutes(1)));
        assertThat(scans(pipeline.run()).origin()).contains("lake");
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void voidWatermarkAheadOfTheClockStopsNothing() {
        withMarkOfScans(
                mark -> new Watermark(pipeline.workload.now().plusMinutes(11), mark.maxLogTime(), "other", "host:a"));
        assertThat(scans(pipeline.run()).origin()).contains("lake");
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void validWatermarkAheadOfTheClockStopsItsTableOnly() {
        withMarkOfScans(mark -> withReadUpTo(mark, pipeline.workload.now().plusMinutes(11)));
        RunSummary summary = pipeline.attempt();
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(scans(summary).error().orElseThrow()).endsWith("expected a clock that does not go back");
        assertThat(summary.tables())
                .filteredOn(table -> !table.table().equals("stl_scan"))
                .hasSize(ExportFixture.CORE.size() - 1)
                .allMatch(TableSummary::complete);
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(10));
        pipeline.workload.finish();
        pipeline.settleAndRun();
    }

    @Test
    void declarationWithRowsOutsideItsWindowFailsAloneAndKeepsNothing() {
        ExportDeclaration wrong = Declarations.parse("""
            name: wrong_window
            set: core
            log_time_rule: starttime
            key: [query]
            reread: true
            sql: select endtime - interval '3 days' as log_time, query from stl_query where endtime > :from and endtime <= :to
            columns: [{name: query, type: integer}]
            """, "test");
        List<ExportDeclaration> exports = new ArrayList<>(ExportFixture.CORE);
        exports.add(wrong);
        pipeline.export(exports);
        pipeline.workload.writeHistory(START, START.plusHours(2));
        RunSummary summary = pipeline.run(pipeline.state, pipeline::runTask);
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(summary.tables())
                .filteredOn(table -> table.error().isPresent())
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.table()).isEqualTo("wrong_window");
                    assertThat(table.error().orElseThrow())
                            .contains("wrong_window: the query gave a row with log_time 2026-11-15T");
                });
        assertThat(pipeline.table("wrong_window").currentSnapshot()).isNull();
        assertThat(summary.toText()).startsWith("1 of " + exports.size() + " tables failed: wrong_window: ");
    }

    @Test
    void columnsThatTheSourceGainsOrWidensAppearInTheLake() throws SQLException {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.run();
        try (Connection admin = pipeline.redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("alter table stl_query add column query_hash char(10) default 'abc'");
            statement.execute("alter table stl_query alter column pid type bigint");
        }
        pipeline.workload.advanceTo(pipeline.workload.now().plusHours(1));
        pipeline.run();
        assertThat(pipeline.table("stl_query").schema().findField("query_hash").type())
                .hasToString("string");
        assertThat(pipeline.table("stl_query").schema().findField("pid").type()).hasToString("long");
        assertThat(pipeline.rows("stl_query"))
                .extracting(row -> row.getField("query_hash"))
                .contains("abc")
                .containsNull();
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void columnWhoseTypeChangedGoesOnUnderAnotherNameAndIsReported() throws SQLException {
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        pipeline.workload.finish();
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(3));
        try (Connection admin = pipeline.redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("alter table stl_query alter column pid type varchar(20) using 'p' || pid");
            statement.execute("update stl_query set endtime = endtime + interval '1 minute' where endtime ="
                    + " (select max(endtime) from stl_query)");
        }
        RunSummary summary = pipeline.run();
        assertThat(summary.tables())
                .filteredOn(table -> table.table().equals("stl_query"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.notes())
                            .contains("column pid is string in the source and integer in the lake: its values go to"
                                    + " pid_string");
                    assertThat(table.rows()).isPositive();
                });
        assertThat(pipeline.rows("stl_query"))
                .extracting(row -> row.getField("pid_string"))
                .filteredOn(pid -> pid != null)
                .allMatch(pid -> pid.toString().startsWith("p"))
                .isNotEmpty();
    }

    @Test
    void rowsThatWereTrimmedBeforeTheyWereReadAreReportedAsAGap() throws SQLException {
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        LocalDateTime readUpTo = pipeline.readUpTo("stl_query");
        pipeline.workload.advanceTo(START.plusDays(3));
        LocalDateTime horizon = START.plusDays(2);
        try (Connection admin = pipeline.redshift.admin();
                Statement statement = admin.createStatement()) {
            for (String table : List.of("stl_query", "stl_ddltext", "stl_utilitytext")) {
                statement.execute("delete from " + table + " where endtime < timestamp '" + horizon + "'");
            }
            statement.execute("delete from stl_wlm_query where service_class_start_time < timestamp '" + horizon + "'"
                    + " or service_class_end_time < timestamp '" + horizon + "'");
        }
        RunSummary refused = pipeline.attempt();
        assertThat(refused.error().orElseThrow())
                .as("another cluster at this address would look the same")
                .contains("does not show the newest rows that were read before");
        pipeline.acceptSource(
                pipeline.rows("clusters").get(0).getField("source_identity") + "#" + horizon.toLocalDate());
        RunSummary summary = pipeline.run();
        assertThat(summary.tables())
                .allSatisfy(table -> assertThat(table.notes()).anyMatch(note -> note.startsWith("gap: rows between ")));
        assertThat(pipeline.state.gaps()).hasSameSizeAs(ExportFixture.CORE).allSatisfy(gap -> {
            assertThat(gap.from()).isBeforeOrEqualTo(readUpTo);
            assertThat(gap.until()).isAfterOrEqualTo(horizon);
        });
        assertThat(pipeline.run().tables())
                .as("it is reported once")
                .allMatch(table -> table.notes().isEmpty());
    }

    @Test
    void longPauseWithoutTrimmingIsNoGap() {
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        pipeline.workload.advanceTo(START.plusDays(3));
        assertThat(pipeline.run().tables()).allMatch(table -> table.notes().isEmpty());
        assertThat(pipeline.state.gaps()).isEmpty();
    }

    @Test
    void columnsThatAnOlderClusterLacksAreNull() {
        try (ExportFixture older = new ExportFixture(STORAGE, Patch.OLDER, 2)) {
            older.workload.writeHistory(START, START.plusHours(2));
            older.run();
            older.workload.finish();
            older.settleAndRun();
            older.requireLakeEqualsLedger();
            assertThat(older.rows("stl_explain")).isNotEmpty().allMatch(row -> row.getField("query_uuid") == null);
        }
    }

    @Test
    void quietDaysAreSkippedInsteadOfReadWindowByWindow() {
        pipeline.export(List.of(ExportFixture.CORE.get(3)));
        pipeline.workload.beginAt(START);
        pipeline.workload.idle(START.plusHours(1), START.plusDays(5));
        pipeline.workload.advanceTo(START.plusDays(5).plusHours(1));
        RunSummary summary = pipeline.run();
        assertThat(summary.tables().get(0).windows())
                .as("windows of six hours in five days would be 20")
                .isLessThan(5);
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void windowsAreReadOldestFirstAndBudgetEndsTheRunBetweenThem() {
        pipeline.workload.writeHistory(START, START.plusHours(4));
        pipeline.windowsOf(Duration.ofMinutes(30));
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        // each look at the clock costs a minute, so that the budget of 20 minutes ends long before the backlog
        TickingClock clock = new TickingClock(pipeline.workload.now());
        RunSummary summary = pipeline.run(
                pipeline.state,
                (description, task) -> {
                    read.add(description);
                    return pipeline.runTask(description, task);
                },
                clock);
        assertThat(summary.status()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(summary.tables()).anyMatch(table -> !table.complete());
        assertThat(summary.tables()).allSatisfy(table -> {
            assertThat(table.backfill().isEmpty()).as(table.table()).isEqualTo(table.complete());
            assertThat(backfill(table)).isEqualTo(table.backfill());
            table.backfill()
                    .ifPresent(first -> assertThat(first.from())
                            .isAfterOrEqualTo(START.minusDays(1))
                            .isBefore(table.readUpTo().orElseThrow()));
        });
        assertThat(read.stream().filter(text -> text.contains(" stl_query ")).toList())
                .isSorted();
        assertThat(pipeline.run().tables()).allSatisfy(table -> {
            assertThat(table.backfill()).isEmpty();
            assertThat(backfill(table)).isEmpty();
        });
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    private Optional<Backfill> backfill(TableSummary table) {
        return pipeline.state.load(ExportFixture.CLUSTER, table.table()).backfill();
    }

    private static final class TickingClock extends Clock {
        private Instant now;

        TickingClock(LocalDateTime start) {
            this.now = start.toInstant(ZoneOffset.UTC);
        }

        @Override
        public synchronized Instant instant() {
            Instant shown = now;
            now = now.plusSeconds(60);
            return shown;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
