package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class LakeColumnsTest {

    @Test
    void columnsOfATableHaveTheTypesThatTheyWereDeclaredWith() {
        List<DeclaredColumn> declared = Arrays.stream(ColumnType.values())
                .map(type -> new DeclaredColumn("of_" + type, type, Blanks.PADDING))
                .toList();
        Schema schema = LakeColumns.schema(declared);

        assertThat(schema.columns().stream().limit(2).map(Types.NestedField::name))
                .containsExactly("cluster_name", "log_time");
        assertThat(schema.columns()).extracting(Types.NestedField::fieldId).doesNotHaveDuplicates();
        assertThat(schema.columns()).allMatch(Types.NestedField::isOptional);
        assertThat(LakeColumns.columns(schema))
                .hasSize(2 + declared.size())
                .containsEntry("cluster_name", ColumnType.STRING)
                .containsEntry("log_time", ColumnType.TIMESTAMP);
        declared.forEach(column -> assertThat(LakeColumns.columns(schema)).containsEntry(column.name(), column.type()));
    }

    /** Somebody else may have added them. */
    @Test
    void columnsOfTypesThatExportsDoNotWriteAreLeftOut() {
        Schema schema = new Schema(
                Types.NestedField.optional(1, "a", Types.IntegerType.get()),
                Types.NestedField.optional(2, "b", Types.DecimalType.of(9, 2)),
                Types.NestedField.optional(3, "c", Types.TimestampType.withZone()),
                Types.NestedField.optional(4, "d", Types.ListType.ofOptional(5, Types.LongType.get())));
        assertThat(LakeColumns.columns(schema)).isEqualTo(Map.of("a", ColumnType.INTEGER));
    }
}
