package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The declarations of the sets {@code names} and {@code states}, on the catalogs of a stand-in with two databases. */
class NamesAndStatesTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-19T06:00:00");
    private static final Set<ExportSet> SETS = Set.of(ExportSet.NAMES, ExportSet.STATES);
    private static final List<ExportDeclaration> EXPORTS = Declarations.bundled().stream()
            .filter(export -> SETS.contains(export.set()))
            .toList();
    private static final String GRANTED =
            EXPORTS.stream().flatMap(export -> export.grants().stream()).collect(Collectors.joining(", "));

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private static final ExportFixture PIPELINE = new ExportFixture(STORAGE, Patch.NEWER, 1);

    @BeforeAll
    static void createObjects() {
        PIPELINE.export(EXPORTS);
        PIPELINE.select("names,states");
        PIPELINE.workload.writeHistory(NOW.minusMinutes(1), NOW);
        PIPELINE.redshift.catalog().createUser(107, "IAMR:o'neill");
        PIPELINE.redshift.catalog().createDatabase("sales data");
        PIPELINE.redshift.catalog().createTable("dev", 123456, "mart", "orders");
        PIPELINE.redshift.catalog().createTable("sales data", 123456, "mart", "Orders \"2026\"");
        PIPELINE.redshift.catalog().createStateTables("dev");
        PIPELINE.administer(
                "insert into svv_table_info (database, schema, table_id, \"table\", size, pct_used, unsorted, stats_off,"
                        + " tbl_rows, skew_rows) values ('dev', 'mart', 123456, 'orders', 7, 0.0125, null, 12.50,"
                        + " 12345678901234567, 1.25)",
                "insert into stv_wlm_service_class_config (service_class, name, num_query_tasks, max_execution_time)"
                        + " values (6, 'etl', -1, 60000)",
                "insert into stv_wlm_qmr_config (service_class, rule_name, metric_name, metric_operator, metric_value)"
                        + " values (6, 'long', 'query_execution_time', '>', 3600)",
                "insert into stv_wlm_classification_config (id, condition, action_service_class)"
                        + " values (1, '(user group: etl)', 6)");
    }

    @BeforeEach
    void startAfresh() {
        PIPELINE.startAfresh();
        PIPELINE.administer("grant select on " + GRANTED + " to exporter");
    }

    /** The time of the snapshots of a run that begins now. */
    private static String takenAt() {
        return PIPELINE.workload.now().minusMinutes(2).toString();
    }

    private static List<String> rows(String table, String... columns) {
        return PIPELINE.rows(table).stream().map(row -> text(row, columns)).toList();
    }

    private static String text(Record row, String... columns) {
        StringBuilder text = new StringBuilder(row.getField("log_time").toString());
        for (String column : columns) {
            text.append(" | ").append(row.getField(column));
        }
        return text.toString();
    }

    @Test
    void namesAreThoseOfEachDatabase() {
        RunSummary summary = PIPELINE.run();
        assertThat(rows("pg_user", "usesysid", "usename", "usesuper"))
                .contains(takenAt() + " | 107 | IAMR:o'neill | false");
        assertThat(rows("pg_database", "datname"))
                .containsExactlyInAnyOrder(takenAt() + " | dev", takenAt() + " | sales data");
        assertThat(rows("pg_class", "database_name", "relid", "schema_name", "relname", "relkind"))
                .contains(
                        takenAt() + " | dev | 123456 | mart | orders | r",
                        takenAt() + " | sales data | 123456 | mart | Orders \"2026\" | r")
                .noneMatch(row -> row.contains("pg_catalog") || row.contains("information_schema"));
        assertThat(summary.tables()).allMatch(TableSummary::complete);
    }

    @Test
    void statesHaveTheirDocumentedColumns() {
        RunSummary summary = PIPELINE.run();
        assertThat(rows(
                        "svv_table_info",
                        "database_name",
                        "schema_name",
                        "table_id",
                        "table_name",
                        "size_mb",
                        "pct_used",
                        "unsorted",
                        "stats_off",
                        "tbl_rows",
                        "skew_rows"))
                .containsExactly(takenAt()
                        + " | dev | mart | 123456 | orders | 7 | 0.0125 | null | 12.5 | 12345678901234567" + " | 1.25");
        assertThat(rows(
                        "stv_wlm_service_class_config",
                        "service_class",
                        "name",
                        "num_query_tasks",
                        "max_execution_time"))
                .containsExactly(takenAt() + " | 6 | etl | -1 | 60000");
        assertThat(rows("stv_wlm_qmr_config", "service_class", "rule_name", "metric_operator", "metric_value"))
                .containsExactly(takenAt() + " | 6 | long | > | 3600.0");
        assertThat(rows("stv_wlm_classification_config", "id", "condition", "action_service_class"))
                .containsExactly(takenAt() + " | 1 | (user group: etl) | 6");
        assertThat(summary.tables().stream().flatMap(table -> table.notes().stream()))
                .as("declared as documented; the other database does not have svv_table_info")
                .singleElement()
                .asString()
                .startsWith("database sales data: the source does not have it");
    }

    @Test
    void aUserWithoutTheGrantsGetsNamesAndIsToldTheGrants() {
        PIPELINE.administer("revoke select on " + GRANTED + " from exporter");
        RunSummary summary = PIPELINE.run();
        assertThat(rows("pg_user", "usename")).isNotEmpty();
        for (ExportDeclaration export : EXPORTS) {
            TableSummary table = summary.tables().stream()
                    .filter(candidate -> candidate.table().equals(export.name()))
                    .findFirst()
                    .orElseThrow();
            if (export.set() == ExportSet.NAMES) {
                assertThat(table.unavailable()).as(export.name()).isEmpty();
            } else {
                Unavailable why = table.unavailable().orElseThrow();
                assertThat(why.state()).as(export.name()).isEqualTo(Unavailable.State.REFUSED);
                assertThat(why.reason()).contains("GRANT SELECT ON " + export.name() + " TO \"exporter\"");
            }
        }
        PIPELINE.administer("grant select on " + GRANTED + " to exporter");
        PIPELINE.workload.advanceTo(PIPELINE.workload.now().plusMinutes(10));
        assertThat(PIPELINE.run().tables())
                .allMatch(table -> table.unavailable().isEmpty());
        assertThat(rows("svv_table_info", "table_name")).hasSize(1);
    }

    @Test
    void aDatabaseThatTheUserCannotConnectToIsNamedAndTheOtherOnesGoOn() {
        PIPELINE.redshift.catalog().allowConnect("sales data", false);
        try {
            RunSummary summary = PIPELINE.run();
            Unavailable why = summary.tables().stream()
                    .filter(table -> table.table().equals("pg_class"))
                    .flatMap(table -> table.unavailable().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(why.reason()).startsWith("database sales data: the user cannot connect to it");
            assertThat(rows("pg_class", "database_name")).isNotEmpty().allMatch(row -> row.endsWith("| dev"));
        } finally {
            PIPELINE.redshift.catalog().allowConnect("sales data", true);
        }
    }
}
