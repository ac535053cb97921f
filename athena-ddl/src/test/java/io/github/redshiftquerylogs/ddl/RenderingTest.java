package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.export.RecordTables;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed files are those that {@link Render} writes. */
class RenderingTest {

    private static final String REMEDY = "run: make ddl";

    @Test
    void committedFilesAreUpToDate() {
        Rendering rendering = Rendering.of(ModuleFiles.ROOT, Declarations.bundled());
        assertThat(rendering.outdated(ModuleFiles.ROOT))
                .as("out of date; " + REMEDY)
                .isEmpty();
        assertThat(rendering.obsolete(ModuleFiles.ROOT))
                .as("tables that are no longer exported; " + REMEDY)
                .isEmpty();
        assertThat(rendering.files())
                .containsKeys(
                        "README.md",
                        "docs/athena.md",
                        "docs/contracts.md",
                        "athena-ddl/tables/clusters.sql",
                        "athena-ddl/tables/stl_query.sql",
                        "athena-ddl/views/export_health.sql");
    }

    @Test
    void everyTableFileIsRendered() {
        Rendering rendering = Rendering.of(ModuleFiles.ROOT, Declarations.bundled());
        assertThat(SqlFile.in(ModuleFiles.TABLES))
                .hasSize(Declarations.bundled().size()
                        + RecordTables.definitions().size())
                .allSatisfy(file -> assertThat(rendering.files().get("athena-ddl/tables/" + file.name() + ".sql"))
                        .isEqualTo(file.text()));
    }

    @Test
    void databaseHasTheNameThatTheJobUses() {
        assertThat(SqlFile.read(ModuleFiles.MODULE.resolve("database.sql")).text())
                .endsWith("CREATE DATABASE IF NOT EXISTS " + ResourceNames.DATABASE + "\n");
    }

    /** Athena rejects a statement with a property that it does not know. */
    @Test
    void tablesHaveOnlyPropertiesThatAthenaAccepts() {
        List<String> known = List.of(
                "table_type",
                "format",
                "write_compression",
                "optimize_rewrite_data_file_threshold",
                "optimize_rewrite_delete_file_threshold",
                "vacuum_min_snapshots_to_keep",
                "vacuum_max_snapshot_age_seconds",
                "vacuum_max_metadata_files_to_keep",
                "write_data_path_enabled");
        for (SqlFile file : SqlFile.in(ModuleFiles.TABLES)) {
            assertThat(file.text()
                            .substring(file.text().indexOf("TBLPROPERTIES"))
                            .lines()
                            .filter(line -> line.startsWith("  '"))
                            .map(line -> line.split("'", -1)[1]))
                    .as(file.name())
                    .hasSize(4)
                    .isSubsetOf(known);
        }
    }

    @Test
    void listsReplaceOnlyWhatIsBetweenTheirComments() {
        String page = "They are<!-- begin x -->old<!-- end x -->.\n";
        assertThat(GeneratedList.names("x", List.of("a", "b"), 2).in("p.md", page))
                .isEqualTo("They are<!-- begin x -->\n  `a`, `b`<!-- end x -->.\n");
        assertThat(GeneratedList.table("x", List.of("k", "v"), List.of(List.of("1", "2")))
                        .in("p.md", page))
                .isEqualTo("They are<!-- begin x -->\n| k | v |\n|---|---|\n| 1 | 2 |\n<!-- end x -->.\n");
        assertThat(GeneratedList.names("x", List.of("a".repeat(60), "b".repeat(60)), 0)
                        .text()
                        .lines())
                .hasSize(3);
    }

    @Test
    void aPageWithoutTheCommentsIsNamed() {
        assertThatThrownBy(() -> GeneratedList.names("views", List.of("a"), 0).in("docs/p.md", "<!-- end views -->"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("docs/p.md has no generated list 'views': expected <!-- begin views --> and, after it,"
                        + " <!-- end views -->");
    }
}
