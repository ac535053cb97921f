package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tables that were created by DDL or by other tools. */
class LakeTest {

    private static final ClusterName CLUSTER = new ClusterName("product-warehouse");

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    private final ExportDeclaration declaration = LocalLake.declaration();

    @Test
    void emptyTableThatWasMadeByDdlGetsTheProperties() {
        createByDdl("");

        STORAGE.lake(LocalLake.DATABASE).open(declaration, CLUSTER);

        TableDefinition definition = TableDefinition.of(declaration);
        Table table = STORAGE.load(LocalLake.DATABASE, declaration.name());
        assertThat(definition.properties()).hasSize(10).containsEntry("redshift_query_logs.key", "id");
        assertThat(definition.properties()).allSatisfy((name, value) -> {
            // Iceberg keeps the format version elsewhere
            if (!name.equals("format-version")) {
                assertThat(table.properties()).containsEntry(name, value);
            }
        });
        assertThat(table.spec().compatibleWith(definition.partitions())).isTrue();
        assertThat(table.currentSnapshot()).as("nothing else happened").isNull();
    }

    @Test
    void tableWithRowsOfUnknownOriginIsRefused() {
        createByDdl("");
        STORAGE.spark()
                .sql("insert into " + name() + " values ('someone', timestamp_ntz '2026-11-19 01:00:00', 1)")
                .collect();

        assertThatExceptionOfType(LakeException.class)
                .isThrownBy(() -> STORAGE.lake(LocalLake.DATABASE).open(declaration, CLUSTER))
                .withMessageContaining("redshift_query_logs.key = '(missing)': expected 'id'");
    }

    @Test
    void emptyTableWithAnotherKeyIsRefused() {
        createByDdl(" tblproperties ('redshift_query_logs.key' = 'name')");

        assertThatExceptionOfType(LakeException.class)
                .isThrownBy(() -> STORAGE.lake(LocalLake.DATABASE).open(declaration, CLUSTER))
                .withMessageContaining("redshift_query_logs.key = 'name': expected 'id'");
    }

    @Test
    void clustersAreOpenedLikeTheTablesOfExports() {
        Table table = STORAGE.lake(LocalLake.DATABASE).open(ClusterRecord.table());
        assertThat(table.properties()).containsAllEntriesOf(Map.of("redshift_query_logs.log_time", "first_seen"));
        assertThat(table.schema().sameSchema(ClusterRecord.table().schema())).isTrue();
    }

    private void createByDdl(String properties) {
        STORAGE.spark()
                .sql("create table " + name() + " (cluster_name string, log_time timestamp_ntz, id int)"
                        + " using iceberg partitioned by (cluster_name, days(log_time))" + properties)
                .collect();
    }

    private String name() {
        return "glue_catalog." + LocalLake.DATABASE + "." + declaration.name();
    }
}
