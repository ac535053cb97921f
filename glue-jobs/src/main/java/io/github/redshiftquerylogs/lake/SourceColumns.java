package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.DerivedColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * The columns of a lake table that have values of the source: not {@code cluster_name}, and not those that are derived.
 *
 * @param columns each with its name in the lake, and that in the source. They differ where the source's column got another
 *     type, see {@link LakeColumns#otherName}
 */
record SourceColumns(List<CanonicalRow.Column> columns) {

    private static final Pattern OTHER_NAME = Pattern.compile("(\\w+)_("
            + List.of(ColumnType.values()).stream()
                    .map(type -> type.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining("|"))
            + ")(_drifted\\d*)?");

    SourceColumns {
        columns = List.copyOf(columns);
    }

    static SourceColumns of(Schema lake, ExportDeclaration declaration) {
        Set<String> ours =
                declaration.derived().stream().map(DerivedColumn::name).collect(Collectors.toSet());
        List<CanonicalRow.Column> columns = new ArrayList<>();
        for (Types.NestedField field : lake.columns()) {
            if (!ours.contains(field.name()) && !field.name().equals(LakeColumns.CLUSTER_NAME)) {
                columns.add(new CanonicalRow.Column(field.name(), sourceName(field.name(), lake, declaration)));
            }
        }
        return new SourceColumns(columns);
    }

    private static String sourceName(String name, Schema lake, ExportDeclaration declaration) {
        if (declaration.column(name).isPresent()) {
            return name;
        }
        Matcher drifted = OTHER_NAME.matcher(name);
        return drifted.matches() && isColumn(drifted.group(1), lake, declaration) ? drifted.group(1) : name;
    }

    private static boolean isColumn(String name, Schema lake, ExportDeclaration declaration) {
        Optional<DeclaredColumn> declared = declaration.column(name);
        return declared.isPresent() || lake.findField(name) != null;
    }

    /** Those of some names in the source. */
    List<CanonicalRow.Column> named(Collection<String> names) {
        return columns.stream().filter(column -> names.contains(column.name())).toList();
    }

    List<CanonicalRow.Column> withoutLogTime() {
        return columns.stream()
                .filter(column -> !column.lake().equals(LakeColumns.LOG_TIME))
                .toList();
    }

    /** Under their names in the lake, which never change. */
    List<CanonicalRow.Column> asStored() {
        return columns.stream()
                .map(column -> new CanonicalRow.Column(column.lake(), column.lake()))
                .toList();
    }
}
