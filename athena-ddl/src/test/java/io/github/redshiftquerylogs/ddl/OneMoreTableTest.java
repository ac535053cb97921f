package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A further declaration appears in all rendered files and changes nothing else. The same table is exported in {@link
 * AnswersIT} and deployed in {@code OneMoreTableTest} of {@code infra-cdk}, which reads the SQL file of this test.
 */
class OneMoreTableTest {

    /** The declaration and the stand-in's columns of a table that this project does not export. */
    static final Path ADDED = ModuleFiles.ROOT.resolve("glue-jobs/src/test/resources/one-more-table");

    private static final String SQL = "athena-ddl/tables/stl_undone.sql";

    /** The bundled exports and the added one, by name. */
    static List<ExportDeclaration> exports() {
        List<ExportDeclaration> exports = new ArrayList<>(Declarations.bundled());
        exports.addAll(Declarations.in(ADDED));
        exports.sort(Comparator.comparing(ExportDeclaration::name));
        return exports;
    }

    @Test
    void theAddedTableIsInAllRenderedFiles() {
        Map<String, String> before =
                Rendering.of(ModuleFiles.ROOT, Declarations.bundled()).files();
        Map<String, String> after = Rendering.of(ModuleFiles.ROOT, exports()).files();

        Map<String, String> changed = new TreeMap<>(after);
        changed.entrySet().removeIf(file -> file.getValue().equals(before.get(file.getKey())));
        assertThat(changed)
                .containsOnlyKeys(
                        "README.md",
                        "athena-ddl/views/export_health.sql",
                        SQL,
                        "docs/athena.md",
                        "docs/contracts.md",
                        "docs/permissions.md");
        assertThat(changed)
                .containsEntry(
                        SQL,
                        SqlFile.read(Path.of("src/test/resources/one-more-table/tables/stl_undone.sql"))
                                .text());
        assertThat(changed.get("athena-ddl/views/export_health.sql"))
                .contains("SELECT cluster_name, 'stl_undone' AS table_name, log_time FROM stl_undone\n");
        assertThat(changed.get("README.md")).contains("`stl_undone`,");
        assertThat(changed.get("docs/contracts.md")).contains("`stl_undone`,");
        assertThat(changed.get("docs/athena.md"))
                .contains("| `stl_undone` | `core` | `undo_end_ts` | `xact_id`, `xact_id_undone`,");
    }
}
