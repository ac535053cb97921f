package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.redshift.SourceColumn;
import io.github.redshiftquerylogs.redshift.SourceRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Copies rows of a source into rows of the lake, by the columns' names. */
final class RowConversion {

    private record Target(String name, ColumnType source, ColumnType lake, boolean trim) {}

    private final List<Target> targets = new ArrayList<>();

    /** @throws IllegalStateException if the lake's table has no place for a column */
    RowConversion(Schema lake, List<SourceColumn> source, Set<String> keepBlanks) {
        for (SourceColumn column : source) {
            Types.@Nullable NestedField field = lake.findField(column.name());
            ColumnType type = field == null
                    ? null
                    : LakeColumns.columnType(field.type())
                            .filter(lakeType -> lakeType.holds(column.type()))
                            .orElse(null);
            if (type == null) {
                throw new IllegalStateException("the source's column " + column.name()
                        + " changed while it was read: expected the columns that it had before");
            }
            targets.add(new Target(
                    column.name(), column.type(), type, column.padded() && !keepBlanks.contains(column.name())));
        }
    }

    void copy(SourceRows rows, Record row) throws SQLException {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            row.setField(target.name(), convert(rows.value(i), target));
        }
    }

    private static @Nullable Object convert(@Nullable Object value, Target target) {
        if (value instanceof Integer number && target.lake() == ColumnType.BIGINT) {
            return number.longValue();
        }
        if (value instanceof String text && target.trim()) {
            return withoutPadding(text);
        }
        return value;
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
