package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.redshift.SourceColumn;
import io.github.redshiftquerylogs.redshift.SourceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Copies rows of a source into rows of the lake, by the columns' names. */
final class RowConversion {

    private record Target(String name, ColumnType lake, boolean trim) {}

    private final List<Target> targets = new ArrayList<>();

    /** @throws IllegalStateException if the lake's table has no place for a column */
    RowConversion(Schema lake, List<SourceColumn> source, Set<String> keepBlanks) {
        Map<String, ColumnType> columns = LakeColumns.columns(lake);
        for (SourceColumn column : source) {
            @Nullable String name = SchemaChange.place(columns, column);
            @Nullable ColumnType type = name == null ? null : columns.get(name);
            if (name == null || type == null || name.equals(LakeColumns.CLUSTER_NAME)) {
                throw new IllegalStateException("the source's column " + column.name()
                        + " changed while it was read: expected the columns that it had before");
            }
            targets.add(new Target(name, type, column.padded() && !keepBlanks.contains(column.name())));
        }
    }

    void copy(SourceRows rows, Record row) {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            @Nullable Object value = rows.value(i, target.lake());
            row.setField(target.name(), value instanceof String text && target.trim() ? withoutPadding(text) : value);
        }
    }

    /** CHAR is filled up with blanks alone; other white space at the end is not padding. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
