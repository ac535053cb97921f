package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DerivedColumn;
import io.github.redshiftquerylogs.lake.LakeColumns;
import io.github.redshiftquerylogs.statement.Statement;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;

/** Computes the derived columns of a row from the texts that it has. */
final class DerivedValues {

    private record Target(StatementColumn column, String name) {}

    /** By the column that has the text, so that each text is read once. */
    private final Map<String, List<Target>> targets = new LinkedHashMap<>();

    /** Columns that the lake lacks are left out. */
    DerivedValues(Schema lake, List<DerivedColumn> derived) {
        Map<String, ColumnType> columns = LakeColumns.columns(lake);
        for (DerivedColumn column : derived) {
            if (!columns.containsKey(column.from())) {
                continue;
            }
            LakeColumns.place(columns, column)
                    .ifPresent(name -> targets.computeIfAbsent(column.from(), from -> new ArrayList<>())
                            .add(new Target(column.column(), name)));
        }
    }

    /** Sets the columns; they stay null if the text is null, or if the source lacks it. */
    void fill(Record row) {
        targets.forEach((from, columns) -> {
            if (row.getField(from) instanceof String text) {
                Statement statement = Statement.of(text);
                columns.forEach(
                        target -> row.setField(target.name(), target.column().of(statement)));
            }
        });
    }
}
