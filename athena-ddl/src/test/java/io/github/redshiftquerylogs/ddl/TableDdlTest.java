package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.lake.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The committed DDL is what the model of the tables renders. After a change of the model, render it anew:
 *
 * <pre>mvn -B -pl athena-ddl test -Dtest=TableDdlTest -Dddl.render=true</pre>
 */
class TableDdlTest {

    static List<TableDefinition> definitions() {
        List<TableDefinition> definitions = new ArrayList<>();
        Declarations.bundled().forEach(export -> definitions.add(TableDefinition.of(export)));
        definitions.add(TableDefinition.clusters());
        return definitions;
    }

    @Test
    void committedDdlIsWhatTheModelRenders() throws IOException {
        List<SqlFile> rendered = definitions().stream()
                .map(table -> new SqlFile(table.name(), new TableDdl(table).athena(ResourceNames.DATABASE)))
                .sorted(Comparator.comparing(SqlFile::name))
                .toList();
        if (Boolean.getBoolean("ddl.render")) {
            for (SqlFile file : rendered) {
                Files.writeString(SqlFile.TABLES.resolve(file.name() + ".sql"), file.text());
            }
        }
        assertThat(SqlFile.in(SqlFile.TABLES)).isEqualTo(rendered);
    }

    @Test
    void databaseHasTheNameThatTheJobUses() {
        assertThat(SqlFile.read(SqlFile.MODULE.resolve("database.sql")).text())
                .endsWith("CREATE DATABASE IF NOT EXISTS " + ResourceNames.DATABASE + "\n");
    }

    /** Athena refuses a statement with a property that it does not know. */
    @Test
    void athenaIsGivenOnlyPropertiesThatItTakes() {
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
        for (SqlFile file : SqlFile.in(SqlFile.TABLES)) {
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
}
