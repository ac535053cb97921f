package io.github.redshiftquerylogs.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.DerivedColumn;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DerivedValuesTest {

    private static final Schema LAKE = new Schema(
            Types.NestedField.optional(1, "querytxt", Types.StringType.get()),
            Types.NestedField.optional(2, "statement_kind", Types.StringType.get()),
            // of a source that had this column before
            Types.NestedField.optional(3, "target_table", Types.LongType.get()),
            Types.NestedField.optional(4, "target_table_string", Types.StringType.get()),
            Types.NestedField.optional(5, "statement_version", Types.IntegerType.get()));
    private static final List<DerivedColumn> ALL = Arrays.stream(StatementColumn.values())
            .map(column -> new DerivedColumn(column, "querytxt"))
            .toList();

    private static Record filled(@Nullable Object text) {
        Record row = GenericRecord.create(LAKE);
        row.setField("querytxt", text);
        new DerivedValues(LAKE, ALL).fill(row);
        return row;
    }

    @Test
    void columnsThatTheLakeHasAreFilled() {
        Record row = filled("/* x */ insert into\\n t select 1");
        assertThat(row.getField("statement_kind")).isEqualTo("insert");
        assertThat(row.getField("target_table")).isNull();
        assertThat(row.getField("target_table_string")).isEqualTo("t");
        assertThat(row.getField("statement_version")).isEqualTo(1);
    }

    @Test
    void rowWithoutATextHasNoDerivedValues() {
        Record row = filled(null);
        assertThat(row.getField("statement_kind")).isNull();
        assertThat(row.getField("statement_version")).isNull();
    }

    @Test
    void tableWithoutTheColumnOfTheTextIsLeftAlone() {
        Record row = GenericRecord.create(LAKE);
        new DerivedValues(LAKE, List.of(new DerivedColumn(StatementColumn.STATEMENT_KIND, "other_text"))).fill(row);
        assertThat(row.getField("statement_kind")).isNull();
    }
}
