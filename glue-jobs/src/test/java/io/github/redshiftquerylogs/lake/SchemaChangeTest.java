package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.SourceColumn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaChangeTest {

    private static final ExportDeclaration DECLARATION = Declarations.parse("""
                    name: t
                    log_time_rule: endtime
                    key: [a]
                    reread: true
                    sql: select :from, :to
                    columns: [{name: a, type: integer}, {name: b, type: bigint}]
                    """, "test");
    private static final Map<String, ColumnType> LAKE = Map.of(
            "cluster_name",
            ColumnType.STRING,
            "log_time",
            ColumnType.TIMESTAMP,
            "a",
            ColumnType.INTEGER,
            "b",
            ColumnType.BIGINT);

    @Test
    void nothingChangesWhenTheSourceHasWhatTheLakeHasOrLess() {
        assertThat(plan(column("log_time", ColumnType.TIMESTAMP), column("a", ColumnType.INTEGER))
                        .isNone())
                .isTrue();
    }

    @Test
    void newColumnIsAdded() {
        assertThat(plan(column("a", ColumnType.INTEGER), column("query_uuid", ColumnType.STRING))
                        .added())
                .containsExactly(new SchemaChange.DeclaredColumnType("query_uuid", ColumnType.STRING));
    }

    @Test
    void integerGrowsIntoBigintAndNeverShrinks() {
        assertThat(plan(column("a", ColumnType.BIGINT)).widened())
                .containsExactly(new SchemaChange.DeclaredColumnType("a", ColumnType.BIGINT));
        assertThat(plan(column("b", ColumnType.INTEGER)).isNone()).isTrue();
    }

    @Test
    void otherChangesOfTypeAreRefusedByName() {
        assertThatThrownBy(() -> plan(column("a", ColumnType.STRING), column("b", ColumnType.TIMESTAMP)))
                .hasMessage("t: column a is string in the source: expected integer, as in the lake, or narrower;"
                        + " column b is timestamp in the source: expected bigint, as in the lake, or narrower");
    }

    private static SchemaChange plan(SourceColumn... columns) {
        return SchemaChange.plan(LAKE, List.of(columns), DECLARATION);
    }

    private static SourceColumn column(String name, ColumnType type) {
        return new SourceColumn(name, type, false);
    }
}
