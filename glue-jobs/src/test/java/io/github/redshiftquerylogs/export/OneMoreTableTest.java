package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A further system table takes a declaration and its columns in the stand-in, and no code: {@code STL_COMMIT_STATS}, which
 * this project does not export. {@code OneMoreTableTest} of {@code athena-ddl} finds the same table in the DDL and the
 * docs, {@code AnswersIT} in the packaged job.
 */
class OneMoreTableTest {

    private static final Path ADDED = Path.of("src/test/resources/one-more-table");
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T21:00:00");

    @Test
    void theAddedTableIsExportedLikeTheOthers() {
        List<SystemTable> tables = new ArrayList<>(SystemTables.tables(Patch.NEWER));
        tables.addAll(SystemTables.tablesIn(ADDED, Patch.NEWER));
        List<ExportDeclaration> exports = new ArrayList<>(ExportFixture.CORE);
        exports.addAll(Declarations.in(ADDED));
        try (LocalLake storage = new LocalLake();
                ExportFixture pipeline = new ExportFixture(storage, tables, 3)) {
            pipeline.export(exports);
            pipeline.workload.writeHistory(START, START.plusHours(5));
            pipeline.run();
            pipeline.workload.finish();

            RunSummary summary = pipeline.settleAndRun();

            assertThat(summary.tables()).extracting(TableSummary::table).contains("stl_undone");
            assertThat(pipeline.rows("stl_undone")).isNotEmpty();
            pipeline.requireLakeEqualsLedger();
        }
    }
}
