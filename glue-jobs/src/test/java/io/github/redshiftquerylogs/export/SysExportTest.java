package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exports of SYS views from a Serverless workgroup under load: statements run while it is exported. */
class SysExportTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T05:00:00");
    private static final Set<String> FINAL = Set.of("success", "failed", "canceled");

    private LocalLake lake;
    private ExportFixture pipeline;

    @BeforeEach
    void start() {
        lake = new LocalLake();
        pipeline = new ExportFixture(lake, SystemTables.serverless(Patch.NEWER), 3);
        pipeline.export(sysViews());
        pipeline.select("sys");
    }

    @AfterEach
    void stop() {
        pipeline.close();
        lake.close();
    }

    static List<ExportDeclaration> sysViews() {
        return Declarations.bundled().stream()
                .filter(declaration -> declaration.set() == ExportSet.SYS)
                .toList();
    }

    private TableSummary run(String table, Duration passed) {
        pipeline.workload.advanceTo(pipeline.workload.now().plus(passed));
        return pipeline.run().tables().stream()
                .filter(summary -> summary.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRowThatBecomesFinalInTimeIsExportedOnceAndNoneThatRuns() throws SQLException, JsonProcessingException {
        pipeline.workload.writeHistory(START, START.plusHours(50));
        TableSummary first = run("sys_query_history", Duration.ZERO);
        assertThat(first.notes())
                .anyMatch(note -> note.matches("rows were held back: .*[0-9]+ of status 'running', [0-9]+ of status"
                        + " 'suspended'; those of an unknown status .*"));
        // each run meets statements that run, and some that became final since the last one
        for (int i = 0; i < 4; i++) {
            run("sys_query_history", Duration.ofMinutes(20));
        }
        pipeline.workload.finish();
        run("sys_query_history", Duration.ofMinutes(61));

        pipeline.requireLakeEqualsLedger();
        Set<String> statuses = new HashSet<>();
        LocalDateTime readUpTo = pipeline.readUpTo("sys_query_history");
        assertThat(readUpTo).isEqualTo(pipeline.workload.now().minusMinutes(15));
        assertThat(pipeline.readUpTo("sys_serverless_usage"))
                .isEqualTo(pipeline.workload.now().minusMinutes(30));
        for (Record row : pipeline.rows("sys_query_history")) {
            String status = String.valueOf(row.getField("status"));
            statuses.add(status);
            LocalDateTime end = (LocalDateTime) row.getField("end_time");
            assertThat(row.getField("log_time")).isEqualTo(FINAL.contains(status) ? end : end.plusHours(48));
        }
        assertThat(statuses).containsExactlyInAnyOrder("success", "failed", "canceled", "suspended");
        requireUnknownStatusesAfterTwoDays(readUpTo);
        requireChildrenOfExportedQueriesOnly();
        try (SourceSession session = pipeline.loginAt(pipeline.redshift.jdbcUrl(), ExportFixture.PASSWORD)
                .open("bounds")) {
            sysViews().forEach(view -> new WindowBounds(session, view).require(pipeline.workload.now()));
        }
        requireBoundsOnScans();
    }

    /** No window scans a view as far back as it goes. */
    private void requireBoundsOnScans() throws SQLException, JsonProcessingException {
        try (Connection admin = pipeline.redshift.admin()) {
            for (ExportDeclaration view : sysViews()) {
                new ScanFilters(admin, view).require();
            }
        }
    }

    private void requireUnknownStatusesAfterTwoDays(LocalDateTime readUpTo) {
        long shown = pipeline.ledger.optional("sys_query_history").keySet().stream()
                .filter(row -> row.contains("suspended"))
                .filter(row -> {
                    String end = String.valueOf(row.get(10)).replace(' ', 'T');
                    return !LocalDateTime.parse(end).plusHours(48).isAfter(readUpTo);
                })
                .count();
        assertThat(pipeline.rows("sys_query_history").stream()
                        .filter(row -> "suspended".equals(row.getField("status"))))
                .hasSize((int) shown)
                .isNotEmpty();
    }

    private void requireChildrenOfExportedQueriesOnly() {
        Set<Object> queries = pipeline.rows("sys_query_history").stream()
                .map(row -> List.of(row.getField("query_id"), row.getField("log_time")))
                .collect(Collectors.toSet());
        for (ExportDeclaration child : sysViews()) {
            if (child.parent().isPresent()) {
                assertThat(pipeline.rows(child.name()))
                        .as(child.name())
                        .isNotEmpty()
                        .allSatisfy(row -> assertThat(queries)
                                .contains(List.of(row.getField("query_id"), row.getField("log_time"))));
            }
        }
    }
}
