package io.github.redshiftquerylogs.infra.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.ServiceReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real SDK and Athena's protocol. The tests of {@code athena-ddl} run the statements themselves. */
@NeedsNode
class AthenaHandlerTest {

    private static final Map<String, Object> STATEMENTS = Map.of(
            "Workgroup",
            "logs",
            "Statements",
            List.of(
                    Map.of("Name", "database.sql", "Sql", "make database"),
                    Map.of("Name", "tables/t.sql", "Sql", "make table", "Database", "db"),
                    Map.of("Name", "views/v.sql", "Sql", "make view", "Database", "db")));

    @AutoClose
    private TestingAthena athena;

    private Handler handler;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        athena = new TestingAthena();
        handler = new Handler("athena", athena.uri());
    }

    @Test
    void eachStatementBeginsWhenTheOneBeforeHasEnded() throws Exception {
        athena.states("make database", "QUEUED", "RUNNING", "RUNNING", "SUCCEEDED");
        athena.states("make table", "RUNNING", "SUCCEEDED");

        handler.create(STATEMENTS);

        assertThat(athena.log())
                .containsExactly(
                        "start make database in logs -",
                        "end make database",
                        "start make table in logs db",
                        "end make table",
                        "start make view in logs db",
                        "end make view");
    }

    @Test
    void anUpdateRunsAllAgain() throws Exception {
        handler.invoke("Update", STATEMENTS, 60);

        assertThat(athena.log()).hasSize(6);
    }

    @Test
    void deletionRunsNothing() throws Exception {
        handler.invoke("Delete", STATEMENTS, 60);

        assertThat(athena.log()).isEmpty();
    }

    /** What Athena itself calls for a statement is not recorded: the files of the lake, results, the catalog. */
    @Test
    void theHandlerMayDoWhatItDoes() throws Exception {
        athena.table("t", Map.of("a", "int"));
        String table = "CREATE TABLE IF NOT EXISTS redshift_query_logs_db.t (\n  `a` int\n)";
        athena.states("make view", "RUNNING");
        Map<String, Object> statements = Map.of(
                "Workgroup",
                "redshift-query-logs",
                "Statements",
                List.of(Map.of("Name", "t", "Sql", table), Map.of("Name", "v", "Sql", "make view")));
        assertThatThrownBy(() -> handler.invoke("Create", statements, 16)).hasMessageContaining("was stopped");
        PolicyEvaluation policies = SynthesizedStack.standard().policiesOf("AthenaStatementsRole");

        assertThat(athena.calls())
                .extracting(Call::action)
                .containsOnly(
                        "athena:StartQueryExecution",
                        "athena:GetQueryExecution",
                        "athena:StopQueryExecution",
                        "glue:GetTable");
        assertThat(policies.refused(athena.calls())).isEmpty();
        assertThat(ServiceReference.refused(policies, athena.calls())).isEmpty();
        assertThat(ServiceReference.refused(policies.without("RunStatements"), athena.calls()))
                .hasSize(3);
    }

    @Test
    void aFailureNamesTheStatementAndStopsThere() {
        athena.states("make table", "RUNNING", "FAILED");

        assertThatThrownBy(() -> handler.create(STATEMENTS)).hasMessage("tables/t.sql failed: TABLE_NOT_FOUND: line 2");
        assertThat(athena.log()).noneMatch(line -> line.contains("view"));
    }

    @Test
    void aStatementThatAthenaRefusesIsNamed() {
        athena.refuses("refused", "InvalidRequestException", "line 1:1: mismatched input");

        assertThatThrownBy(() -> handler.create(Map.of(
                        "Workgroup", "logs", "Statements", List.of(Map.of("Name", "views/v.sql", "Sql", "refused")))))
                .hasMessage("views/v.sql was refused: line 1:1: mismatched input");
    }

    @Test
    void aStatementThatDoesNotEndIsStopped() {
        athena.states("make table", "RUNNING");

        assertThatThrownBy(() -> handler.invoke("Create", STATEMENTS, 16))
                .hasMessage("tables/t.sql was still running when the time was over, and was stopped");
        assertThat(athena.log()).last().isEqualTo("stop make table");
    }

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS db.t (
              `cluster_name` string,
              `query` bigint,
              `rows` int,
              `dropped` int,
              `label` string
            )
            PARTITIONED BY (cluster_name)
            """;
    private static final String ADD = "ALTER TABLE db.t ADD COLUMNS (`rows` int, `dropped` int)";
    private static final String WIDEN = "ALTER TABLE db.t CHANGE COLUMN `query` `query` bigint";

    private static Map<String, Object> upgrade() {
        return Map.of(
                "Workgroup",
                "logs",
                "Statements",
                List.of(
                        Map.of("Name", "tables/t.sql", "Sql", CREATE, "Database", "db"),
                        Map.of("Name", "views/v.sql", "Sql", "make view", "Database", "db")));
    }

    /** Text stays text: the job writes values of another type to another column. */
    private static Map<String, String> ofAnEarlierRelease() {
        return Map.of("cluster_name", "string", "query", "int", "label", "int", "own_column", "string");
    }

    @Test
    void tableOfAnEarlierReleaseGetsTheDeclaredColumnsBeforeTheViews() throws Exception {
        athena.table("t", ofAnEarlierRelease());

        handler.invoke("Update", upgrade(), 60);

        assertThat(athena.columns("t"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cluster_name", "string",
                        "query", "bigint",
                        "rows", "int",
                        "dropped", "int",
                        "label", "int",
                        "own_column", "string"));
        assertThat(athena.log())
                .filteredOn(line -> line.startsWith("start"))
                .containsExactly(
                        "start " + CREATE + " in logs db",
                        "start " + ADD + " in logs db",
                        "start " + WIDEN + " in logs db",
                        "start make view in logs db");

        handler.invoke("Update", upgrade(), 60);
        assertThat(athena.log())
                .as("what is as declared is not altered")
                .filteredOn(line -> line.startsWith("start ALTER"))
                .hasSize(2);
    }

    @Test
    void columnsThatAJobChangesAtTheSameTimeAreTriedAgain() throws Exception {
        athena.table("t", ofAnEarlierRelease());
        athena.conflicts(ADD, 4);
        athena.conflicts(WIDEN, 1);

        handler.create(upgrade());

        assertThat(athena.columns("t")).containsEntry("query", "bigint").containsKeys("rows", "dropped");
    }

    @Test
    void columnsThatCannotBeChangedFailTheDeploymentBeforeTheViews() {
        athena.table("t", ofAnEarlierRelease());
        athena.conflicts(ADD, 5);

        assertThatThrownBy(() -> handler.create(upgrade()))
                .hasMessage("tables/t.sql (" + ADD + ") failed: TABLE_NOT_FOUND: line 2");
        assertThat(athena.log()).noneMatch(line -> line.contains("view"));
    }

    /** The statements as they are deployed. */
    @Test
    void statementsOfTheModuleDeclareTheirColumns() throws Exception {
        List<Map<String, String>> statements = new ArrayList<>();
        Map<String, Long> columns = new HashMap<>();
        try (Stream<Path> files = Files.list(Path.of("../athena-ddl/tables"))) {
            for (Path file : files.sorted().toList()) {
                String table = file.getFileName().toString().replace(".sql", "");
                String sql = Files.readString(file)
                        .lines()
                        .dropWhile(line -> line.startsWith("--"))
                        .collect(Collectors.joining("\n"));
                statements.add(Map.of("Name", table, "Sql", sql, "Database", "db"));
                columns.put(
                        table,
                        sql.lines().filter(line -> line.startsWith("  `")).count());
                athena.table(table, Map.of("cluster_name", "string"));
            }
        }

        handler.create(Map.of("Workgroup", "logs", "Statements", statements));

        assertThat(columns).hasSizeGreaterThan(8);
        columns.forEach(
                (table, count) -> assertThat(athena.columns(table)).as(table).hasSize(count.intValue()));
    }
}
