package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.DerivedColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The change of a lake table that makes the columns of a source fit into it, and that brings the table of an earlier release to
 * the declared columns; pure. Columns are only added, types only
 * widened; a column that the source lacks stays null. Values that do not fit the column of their name go to a column
 * {@code <name>_<type>}: drift never stops an export. So do values of a source column that has the name of a derived one. {@link
 * io.github.redshiftquerylogs.declaration.ColumnNames} gives names that the lake takes.
 *
 * @param added columns to add, with their types, in the source's order
 * @param widened columns to widen, with their new types
 * @param notes that a user should know: columns under another name, widened ones, and missing ones
 */
record SchemaChange(List<Column> added, List<Column> widened, List<String> notes) {

    /** A column and its type in the lake. */
    record Column(String name, ColumnType type) {}

    /**
     * Plans the change.
     *
     * @param lake the columns of the lake table, with their types
     * @throws SourceException if a column of the source occurs twice or has the name of one of the lake's own columns
     */
    static SchemaChange plan(Map<String, ColumnType> lake, List<SourceColumn> source, ExportDeclaration declaration) {
        requireDistinct(source, declaration.name());
        List<Column> added = new ArrayList<>();
        List<Column> widened = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Set<String> derived = new HashSet<>();
        declaration.derived().forEach(column -> derived.add(column.name()));
        Map<String, ColumnType> ofSource = LakeColumns.without(lake, derived);
        for (SourceColumn column : source) {
            if (!column.name().equals(column.label().toLowerCase(Locale.ROOT))) {
                notes.add("column '" + column.label() + "' of the source is " + column.name()
                        + " in the lake, which cannot take it under its own name");
            }
            if (!column.typeKnown()) {
                notes.add("column " + column.name() + " is read as text, because the driver does not know its type");
            }
            if (column.name().equals(LakeColumns.LOG_TIME)
                    || LakeColumns.place(ofSource, column, source).isPresent()) {
                continue;
            }
            ColumnType present = ofSource.get(column.name());
            if (derived.contains(column.name())) {
                added.add(new Column(LakeColumns.otherName(ofSource, column, source), column.type()));
            } else if (present == null) {
                added.add(new Column(column.name(), typeOf(column, declaration)));
            } else if (present.widensTo(column.type())) {
                widened.add(new Column(column.name(), column.type()));
            } else {
                added.add(new Column(LakeColumns.otherName(ofSource, column, source), column.type()));
            }
        }
        declared(lake, declaration, added, widened);
        widened.forEach(column -> notes.add("column " + column.name() + " is " + column.type()
                + " in the lake from now on: views of your own that show it have to be created again"));
        Map<String, ColumnType> after = new HashMap<>(ofSource);
        added.forEach(column -> after.put(column.name(), column.type()));
        widened.forEach(column -> after.put(column.name(), column.type()));
        for (SourceColumn column : source) {
            if (derived.contains(column.name())) {
                notes.add("column " + column.name() + " of the source has the name of a derived column of the lake: its"
                        + " values go to " + LakeColumns.otherName(after, column, source));
            } else if (LakeColumns.place(after, column, source)
                    .filter(LakeColumns.otherName(after, column, source)::equals)
                    .isPresent()) {
                notes.add("column " + column.name() + " is " + column.type() + " in the source and "
                        + after.get(column.name()) + " in the lake: its values go to "
                        + LakeColumns.otherName(after, column, source));
            }
        }
        Set<String> present = new HashSet<>();
        source.forEach(column -> present.add(column.name()));
        for (DeclaredColumn declared : declaration.columns()) {
            if (!present.contains(declared.name())) {
                notes.add("column " + declared.name() + " is missing in the source: it is null in the lake");
            }
        }
        return new SchemaChange(List.copyOf(added), List.copyOf(widened), List.copyOf(notes));
    }

    /** Adds what is declared and the table of an earlier release lacks. */
    private static void declared(
            Map<String, ColumnType> lake, ExportDeclaration declaration, List<Column> added, List<Column> widened) {
        for (DerivedColumn derived : declaration.derived()) {
            if (LakeColumns.place(lake, derived).isEmpty()) {
                String name = lake.containsKey(derived.name())
                        ? LakeColumns.otherName(lake, new SourceColumn(derived.name(), derived.type()), List.of())
                        : derived.name();
                added.add(new Column(name, derived.type()));
            }
        }
        for (DeclaredColumn declared : declaration.columns()) {
            ColumnType present = lake.get(declared.name());
            Column column = new Column(declared.name(), declared.type());
            if (present == null) {
                if (added.stream().noneMatch(other -> other.name().equals(declared.name()))) {
                    added.add(column);
                }
            } else if (present.widensTo(declared.type()) && !widened.contains(column)) {
                widened.add(column);
            }
        }
    }

    boolean isNone() {
        return added.isEmpty() && widened.isEmpty();
    }

    private static ColumnType typeOf(SourceColumn column, ExportDeclaration declaration) {
        return declaration
                .column(column.name())
                .map(DeclaredColumn::type)
                .filter(declared -> declared.holds(column.type()))
                .orElse(column.type());
    }

    private static void requireDistinct(List<SourceColumn> source, String table) {
        Set<String> names = new HashSet<>();
        names.add(LakeColumns.CLUSTER_NAME);
        for (SourceColumn column : source) {
            if (!names.add(column.name())) {
                throw SourceException.of(
                        FailureCategory.SOURCE,
                        table + ": the query gives a column " + column.name()
                                + (column.name().equals(LakeColumns.CLUSTER_NAME)
                                        ? ", which is the lake's own: expected another name"
                                        : " twice: expected distinct names"));
            }
        }
        for (SourceColumn column : source) {
            if (column.name().equals(LakeColumns.LOG_TIME) && column.type() != ColumnType.TIMESTAMP) {
                throw SourceException.of(
                        FailureCategory.SOURCE,
                        table + ": the query gives " + LakeColumns.LOG_TIME + " as " + column.type() + ": expected "
                                + ColumnType.TIMESTAMP);
            }
        }
        if (!names.contains(LakeColumns.LOG_TIME)) {
            throw SourceException.of(
                    FailureCategory.SOURCE,
                    table + ": the query gives no column " + LakeColumns.LOG_TIME + ": expected one");
        }
    }
}
