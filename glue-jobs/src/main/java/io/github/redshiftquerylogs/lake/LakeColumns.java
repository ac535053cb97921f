package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.DerivedColumn;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The columns of a lake table: {@code cluster_name} and {@code log_time}, then those of the source, then those that are
 * derived from them. All are optional, as in tables that Athena creates. The first two come first because Iceberg keeps bounds only for the first hundred
 * columns.
 */
public final class LakeColumns {

    /** The cluster of a row; identity partition. */
    public static final String CLUSTER_NAME = "cluster_name";
    /** When the logged event ended, UTC; partition by day. */
    public static final String LOG_TIME = SourceQuery.LOG_TIME;

    private LakeColumns() {}

    static Schema schema(List<DeclaredColumn> columns) {
        List<Types.NestedField> fields = new ArrayList<>();
        fields.add(Types.NestedField.optional(1, CLUSTER_NAME, Types.StringType.get()));
        fields.add(Types.NestedField.optional(2, LOG_TIME, Types.TimestampType.withoutZone()));
        for (DeclaredColumn column : columns) {
            fields.add(Types.NestedField.optional(fields.size() + 1, column.name(), icebergType(column.type())));
        }
        return new Schema(fields);
    }

    /** A schema with another column, whose values are maps. */
    static Schema withMap(Schema schema, String column, ColumnType key, ColumnType value) {
        int id = schema.highestFieldId();
        List<Types.NestedField> fields = new ArrayList<>(schema.columns());
        fields.add(Types.NestedField.optional(
                id + 1, column, Types.MapType.ofOptional(id + 2, id + 3, icebergType(key), icebergType(value))));
        return new Schema(fields);
    }

    static PartitionSpec partitions(Schema schema) {
        return PartitionSpec.builderFor(schema)
                .identity(CLUSTER_NAME)
                .day(LOG_TIME)
                .build();
    }

    /** The Iceberg type of a column type. */
    public static Type.PrimitiveType icebergType(ColumnType type) {
        return switch (type) {
            case INTEGER -> Types.IntegerType.get();
            case BIGINT -> Types.LongType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case DATE -> Types.DateType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case STRING -> Types.StringType.get();
        };
    }

    /** The columns of a table that exports can write, with their types. */
    public static Map<String, ColumnType> columns(Schema schema) {
        Map<String, ColumnType> columns = new HashMap<>();
        for (Types.NestedField field : schema.columns()) {
            columnType(field.type()).ifPresent(type -> columns.put(field.name(), type));
        }
        return columns;
    }

    /** The column type of an Iceberg type; empty if exports do not write it, such as a list. */
    private static Optional<ColumnType> columnType(Type type) {
        for (ColumnType candidate : ColumnType.values()) {
            if (icebergType(candidate).equals(type)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Columns except those of these names. */
    public static Map<String, ColumnType> without(Map<String, ColumnType> columns, Set<String> names) {
        Map<String, ColumnType> others = new HashMap<>(columns);
        others.keySet().removeAll(names);
        return others;
    }

    /** The lake column for the values of a derived column; empty if there is none. */
    public static Optional<String> place(Map<String, ColumnType> lake, DerivedColumn column) {
        return place(lake, new SourceColumn(column.name(), column.type()), List.of());
    }

    /**
     * The lake column for the values of a source column; empty if there is none.
     *
     * @param source all columns of the source
     */
    public static Optional<String> place(Map<String, ColumnType> lake, SourceColumn column, List<SourceColumn> source) {
        ColumnType type = lake.get(column.name());
        return type != null && type.holds(column.type())
                ? Optional.of(column.name())
                : Optional.of(otherName(lake, column, source)).filter(lake::containsKey);
    }

    /**
     * The lake column for the values of a source column whose type does not fit the column of its own name: one that has the
     * values of no other column of the source. The lake may lack it.
     */
    static String otherName(Map<String, ColumnType> lake, SourceColumn column, List<SourceColumn> source) {
        String name = column.name() + "_" + column.type();
        String candidate = name;
        for (int number = 1; !isFree(candidate, lake, column, source); number++) {
            candidate = name + "_drifted" + (number == 1 ? "" : number);
        }
        return candidate;
    }

    /** Not the name of another column, and either new to the lake or of a type that fits. */
    private static boolean isFree(
            String name, Map<String, ColumnType> lake, SourceColumn column, List<SourceColumn> source) {
        ColumnType present = lake.get(name);
        return (present == null || present.holds(column.type()))
                && source.stream().noneMatch(other -> other.name().equals(name));
    }
}
