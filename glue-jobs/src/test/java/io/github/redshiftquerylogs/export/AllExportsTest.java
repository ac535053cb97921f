package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.window.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every log of STL, SVL and SVCS tables, on one stand-in that has all of them. */
class AllExportsTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final Set<ExportSet> SETS = Set.of(ExportSet.CORE, ExportSet.STL, ExportSet.STL_LARGE);
    private static final List<ExportDeclaration> EXPORTS = Declarations.bundled().stream()
            .filter(export -> SETS.contains(export.set()) && export.isLog())
            .toList();

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private static final ExportFixture PIPELINE = new ExportFixture(STORAGE, SystemTables.withLarge(Patch.NEWER), 5);

    @BeforeAll
    static void write() {
        PIPELINE.export(EXPORTS);
        PIPELINE.select("stl,stl-large");
        PIPELINE.workload.writeHistory(START, START.plusHours(4));
        PIPELINE.workload.finish();
        PIPELINE.workload.advanceTo(START.plusHours(7));
    }

    @BeforeEach
    void startAfresh() {
        PIPELINE.startAfresh();
    }

    @Test
    void columnsAreThoseOfTheSourceBesideThoseThatAreLeftOut() {
        try (SourceSession session = PIPELINE.loginAt(PIPELINE.redshift.jdbcUrl(), ExportFixture.PASSWORD)
                .open("columns")) {
            for (ExportDeclaration export : EXPORTS) {
                List<SourceColumn> columns = session.columns(export.sql().columns());
                assertThat(columns.get(0).name()).as(export.name()).isEqualTo("log_time");
                assertThat(columns.stream().skip(1).map(SourceColumn::name))
                        .as(export.name())
                        .containsExactlyElementsOf(export.columns().stream()
                                .map(DeclaredColumn::name)
                                .toList());
                columns.stream()
                        .skip(1)
                        .forEach(column -> assertThat(export.column(column.name())
                                        .orElseThrow()
                                        .type()
                                        .holds(column.type()))
                                .as("%s.%s is %s", export.name(), column.name(), column.type())
                                .isTrue());
            }
        }
        assertThat(leftOut()).isEqualTo(Map.of("stl_load_errors", Set.of("raw_line", "raw_field_value")));
    }

    /** Columns of sources that hold data of users' tables. */
    private static Map<String, Set<String>> leftOut() {
        Map<String, Set<String>> leftOut = new HashMap<>();
        for (ExportDeclaration export : EXPORTS) {
            Set<String> names = table(export).columnNames().stream()
                    .filter(name -> export.column(name).isEmpty())
                    .collect(Collectors.toSet());
            if (!names.isEmpty()) {
                leftOut.put(export.name(), names);
            }
        }
        return leftOut;
    }

    @Test
    void rowOnABoundBelongsToTheWindowThatEndsThere() {
        try (SourceSession session = PIPELINE.loginAt(PIPELINE.redshift.jdbcUrl(), ExportFixture.PASSWORD)
                .open("bounds")) {
            EXPORTS.forEach(export -> new WindowBounds(session, export).require(START.plusHours(7)));
        }
    }

    /** Also each read of {@code stl_query} within the queries for rows that follow its end. */
    @Test
    void noWindowScansATableAsFarBackAsItGoes() throws SQLException, JsonProcessingException {
        try (Connection admin = PIPELINE.redshift.admin()) {
            for (ExportDeclaration export : EXPORTS) {
                new ScanFilters(admin, export).require();
            }
        }
    }

    @Test
    void rowsOfShortWindowsAndOfOneLongWindowAreThoseOfTheSource() {
        // a first export with few rows takes four of them at once
        PIPELINE.windowsOf(Duration.ofMinutes(10));
        RunSummary summary = PIPELINE.run();
        assertThat(summary.tables())
                .hasSameSizeAs(EXPORTS)
                .allSatisfy(
                        table -> assertThat(table.windows()).as(table.table()).isGreaterThan(3));
        Map<String, Map<List<@Nullable String>, Long>> shortWindows = requireLakeEqualsLedger();

        PIPELINE.startAfresh();
        PIPELINE.windowsOf(Duration.ofHours(6));
        PIPELINE.run();
        assertThat(requireLakeEqualsLedger()).isEqualTo(shortWindows);
    }

    /** The load has ended more than an hour ago, so all rows are settled in all tables. */
    @Test
    void tickWithoutNewRowsOpensNoWindow() {
        PIPELINE.run();
        PIPELINE.workload.advanceTo(PIPELINE.workload.now().plusMinutes(5));
        assertThat(PIPELINE.run().tables())
                .hasSameSizeAs(EXPORTS)
                .allSatisfy(
                        table -> assertThat(table.attempts()).as(table.table()).isZero());
    }

    private static Map<String, Map<List<@Nullable String>, Long>> requireLakeEqualsLedger() {
        Map<String, Map<List<@Nullable String>, Long>> all = new HashMap<>();
        for (ExportDeclaration export : EXPORTS) {
            SystemTable table = table(export);
            List<Record> lake = PIPELINE.rows(export.name());
            Map<List<@Nullable String>, Long> rows =
                    declared(export, table, LakeComparison.asInSource(table, ExportFixture.CLUSTER, lake));
            assertThat(rows).as(export.name()).isNotEmpty();
            assertThat(rows)
                    .as(export.name())
                    .isEqualTo(declared(export, table, PIPELINE.ledger.multiset(table.name())));
            all.put(export.name(), rows);
        }
        return all;
    }

    /** The rows without the columns that are left out. */
    private static Map<List<@Nullable String>, Long> declared(
            ExportDeclaration export, SystemTable table, Map<List<@Nullable String>, Long> rows) {
        Map<List<@Nullable String>, Long> declared = new HashMap<>();
        List<String> names = table.columnNames();
        rows.forEach((row, times) -> declared.merge(
                IntStream.range(0, names.size())
                        .filter(column -> export.column(names.get(column)).isPresent())
                        .mapToObj(row::get)
                        .collect(Collectors.toCollection(java.util.ArrayList::new)),
                times,
                Long::sum));
        return declared;
    }

    private static SystemTable table(ExportDeclaration export) {
        return PIPELINE.redshift.tables().stream()
                .filter(table -> table.name().equals(export.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Superuser tables are marked, so that the refusal names the GRANT. */
    @Test
    void tablesOfSuperusersHaveAGrant() {
        assertThat(EXPORTS.stream().filter(export -> !export.grants().isEmpty()).map(ExportDeclaration::name))
                .containsExactly(
                        "stl_analyze",
                        "stl_commit_stats",
                        "stl_connection_log",
                        "stl_tr_conflict",
                        "stl_userlog",
                        "stl_vacuum",
                        "svcs_concurrency_scaling_usage");
        EXPORTS.forEach(export -> assertThat(export.sql().rows(new Window(START, START.plusHours(1))))
                .contains(export.name()));
    }
}
