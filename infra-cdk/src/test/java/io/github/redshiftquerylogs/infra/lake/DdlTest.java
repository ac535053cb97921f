package io.github.redshiftquerylogs.infra.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.lake.Ddl.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DdlTest {

    private static final String LAKE = "s3://b/lake";

    @TempDir
    Path folder;

    @Test
    void anUnknownPlaceholderIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("tables"));
        Files.writeString(folder.resolve("database.sql"), "create database d");
        Files.writeString(folder.resolve("tables/t.sql"), "create table t location 's3://YOUR_BUCKET/t'");

        assertThatThrownBy(() -> Ddl.read(folder, LAKE, List.of()))
                .hasMessage("athena-ddl/tables/t.sql has the placeholder YOUR_BUCKET: expected only"
                        + " s3://YOUR_BUCKET/YOUR_PREFIX");
    }

    @Test
    void aMissingFolderOrFileIsReported() throws IOException {
        assertThatThrownBy(() -> Ddl.read(folder, LAKE, List.of()))
                .hasMessage(folder.resolve("database.sql")
                        + " cannot be read: expected the files of the module athena-ddl");
        Files.writeString(folder.resolve("database.sql"), "create database d");
        assertThatThrownBy(() -> Ddl.read(folder, LAKE, List.of()))
                .hasMessage(folder.resolve("tables") + " cannot be read: expected the files of the module athena-ddl");
    }

    @Test
    void theModulesOwnFilesCanBeRead() {
        Ddl ddl = Ddl.read(Path.of("../athena-ddl"), LAKE, List.of());

        assertThat(ddl.queries()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(query -> {
            assertThat(query.header("title", "")).isNotEmpty().hasSizeLessThanOrEqualTo(128);
            assertThat(query.header("question", "")).isNotEmpty().hasSizeLessThanOrEqualTo(1024);
        });
        assertThat(ddl.tables()).hasSizeGreaterThanOrEqualTo(9).allSatisfy(table -> {
            assertThat(table.sql()).contains("redshift_query_logs_db." + table.subject() + " (", "'ICEBERG'");
            assertThat(table.location()).isEqualTo(LAKE + "/data/" + table.subject() + "/");
        });
        assertThat(ddl.statements())
                .allSatisfy(file -> assertThat(file.statement()).doesNotContain("YOUR_"));
    }

    @Test
    void theViewOfPublishedQueriesIsCreatedWhereNamespacesAreGiven() {
        Ddl without = Ddl.read(Path.of("../athena-ddl"), LAKE, List.of());
        Ddl with = Ddl.read(Path.of("../athena-ddl"), LAKE, List.of("1a2b_sys", "222_sys"));

        assertThat(without.views()).extracting(SqlFile::subject).doesNotContain("query_history_all");
        assertThat(with.views()).hasSize(without.views().size() + 1);
        assertThat(with.views()).extracting(SqlFile::subject).containsSubsequence("queries", "query_history_all");
        assertThat(with.views())
                .filteredOn(view -> view.subject().equals("query_history_all"))
                .singleElement()
                .satisfies(view -> assertThat(view.statement())
                        .startsWith("CREATE OR REPLACE VIEW query_history_all AS")
                        .contains(
                                "\"s3tablescatalog/aws-redshift\".\"1a2b_sys\".sys_query_history",
                                "\"s3tablescatalog/aws-redshift\".\"222_sys\".sys_query_history")
                        .doesNotContain("YOUR_"));
    }

    @Test
    void commentsBeforeAStatementAndItsSemicolonAreLeftOut() {
        assertThat(new SqlFile("views/v.sql", "-- what\n\n-- why\ncreate view v as\n-- here\nselect 1").statement())
                .isEqualTo("create view v as\n-- here\nselect 1");
    }

    @Test
    void aLocationEndsWithASlash() {
        assertThat(new SqlFile("tables/t.sql", "create table t (a int)\nLOCATION 's3://b/t'\nTBLPROPERTIES ()")
                        .location())
                .isEqualTo("s3://b/t/");
        assertThatThrownBy(() -> new SqlFile("tables/t.sql", "create table t (a int)").location())
                .hasMessage("athena-ddl/tables/t.sql has no location: expected a line LOCATION 's3://…'");
    }
}
