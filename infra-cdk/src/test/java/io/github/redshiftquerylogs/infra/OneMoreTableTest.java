package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A further file in {@code athena-ddl/tables} is deployed with the resources and permissions of a table. {@code
 * OneMoreTableTest} of {@code athena-ddl} renders the same file from a declaration.
 */
@NeedsNode
class OneMoreTableTest {

    private static final Path MODULE = Path.of("../athena-ddl");
    private static final Path ADDED = MODULE.resolve("src/test/resources/one-more-table/tables/stl_undone.sql");

    @TempDir
    private static Path ddl;

    private static SynthesizedStack stack;
    private static List<String> tables;

    @BeforeAll
    static void deployAllFilesAndTheAddedOne() throws IOException {
        Files.copy(MODULE.resolve("database.sql"), ddl.resolve("database.sql"));
        for (String folder : List.of("tables", "views", "queries")) {
            Files.createDirectory(ddl.resolve(folder));
            try (Stream<Path> files = Files.list(MODULE.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, ddl.resolve(folder).resolve(file.getFileName()));
                }
            }
        }
        Files.copy(ADDED, ddl.resolve("tables").resolve(ADDED.getFileName()));
        stack = SynthesizedStack.withDdl(ddl, Map.of("bucket", "the-lake"));
        try (Stream<Path> files = Files.list(ddl.resolve("tables"))) {
            tables = files.map(file -> file.getFileName().toString().replaceFirst("\\.sql$", ""))
                    .toList();
        }
        assertThat(tables).contains("stl_undone", "stl_query", "clusters");
    }

    @Test
    void everyTableHasItsOptimizer() {
        assertThat(stack.resources("AWS::Glue::TableOptimizer").values())
                .extracting(optimizer -> optimizer.at("/Properties/TableName").asText() + " "
                        + optimizer.at("/Properties/Type").asText())
                .containsExactlyInAnyOrderElementsOf(tables.stream()
                        .map(table -> table + " orphan_file_deletion")
                        .toList());
    }

    @Test
    void theOptimizersMayMaintainEveryTable() {
        PolicyEvaluation role = new TemplateValues(Map.of()).policiesOf(stack.template(), "TableOptimizersRole");
        for (String table : tables) {
            assertThat(role.allows(Call.of(
                                    "glue:UpdateTable",
                                    "arn:aws:glue:eu-central-1:000000000000:table/redshift_query_logs_db/" + table)
                            .with("aws:RequestedRegion", "eu-central-1")))
                    .as(table)
                    .isTrue();
        }
    }

    @Test
    void everyTableIsCreatedByADeployment() {
        JsonNode statements = new TemplateValues(Map.of())
                .resolve(stack.properties("Custom::RedshiftQueryLogsStatements", ""))
                .path("Statements");
        assertThat(statements.findValuesAsText("Name"))
                .containsAll(
                        tables.stream().map(table -> "tables/" + table + ".sql").toList());
    }
}
