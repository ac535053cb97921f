package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must change in a table of the lake so that the columns of a source fit into it; pure. Columns are only ever
 * added, types only ever widened; what the source lacks stays null.
 *
 * @param added columns to add, in the source's order
 * @param widened columns to widen, with their new types
 */
record SchemaChange(List<DeclaredColumnType> added, List<DeclaredColumnType> widened) {

    /** A column and its type in the lake. */
    record DeclaredColumnType(String name, ColumnType type) {}

    /**
     * Plans the change.
     *
     * @param lake the columns that the lake has, with their types
     * @throws IllegalArgumentException if a type changed so that its values do not fit; names all such columns
     */
    static SchemaChange plan(Map<String, ColumnType> lake, List<SourceColumn> source, ExportDeclaration declaration) {
        List<DeclaredColumnType> added = new ArrayList<>();
        List<DeclaredColumnType> widened = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (SourceColumn column : source) {
            if (column.name().equals(LakeColumns.LOG_TIME)) {
                continue;
            }
            ColumnType wanted = declaration
                    .column(column.name())
                    .map(DeclaredColumn::type)
                    .filter(declared -> declared.holds(column.type()))
                    .orElse(column.type());
            @Nullable ColumnType present = lake.get(column.name());
            if (present == null) {
                added.add(new DeclaredColumnType(column.name(), wanted));
            } else if (!present.holds(wanted)) {
                if (wanted.holds(present)) {
                    widened.add(new DeclaredColumnType(column.name(), wanted));
                } else {
                    problems.add("column " + column.name() + " is " + column.type() + " in the source: expected "
                            + present + ", as in the lake, or narrower");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(declaration.name() + ": " + String.join("; ", problems));
        }
        return new SchemaChange(List.copyOf(added), List.copyOf(widened));
    }

    boolean isNone() {
        return added.isEmpty() && widened.isEmpty();
    }
}
