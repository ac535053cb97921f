package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.lake.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.types.Type;

/** Renders {@code CREATE TABLE} of a table definition. */
record TableDdl(TableDefinition table) {

    /** Placeholder for the location of the lake; users replace it. */
    static final String PLACEHOLDER = "s3://YOUR_BUCKET/YOUR_PREFIX";

    /**
     * Iceberg's names of the table properties that Athena accepts, with Athena's names; it rejects all others.
     * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html#querying-iceberg-table-properties
     */
    private static final Map<String, String> ATHENA_PROPERTIES = Map.of(
            "write.parquet.compression-codec", "write_compression",
            "write.metadata.previous-versions-max", "vacuum_max_metadata_files_to_keep");

    /** The statement for Athena. All column names are quoted, since some are reserved words there. */
    String athena(String database) {
        Map<String, String> accepted = new TreeMap<>(Map.of("format", "parquet"));
        Map<String, String> others = new TreeMap<>();
        table.properties().forEach((name, value) -> {
            if (ATHENA_PROPERTIES.containsKey(name)) {
                accepted.put(ATHENA_PROPERTIES.getOrDefault(name, ""), value);
            } else if (!name.equals("format-version")) {
                others.put(name, value);
            }
        });
        return "-- Generated from the job's table definition; do not edit, run make ddl.\n"
                + "-- Athena accepts only some table properties, and creates format version 2. The job sets the following ones"
                + " when it\n-- opens the table for the first time, while the table is empty:\n"
                + others.entrySet().stream()
                        .map(property -> "--   " + property.getKey() + " = " + property.getValue() + "\n")
                        .collect(Collectors.joining())
                + "CREATE TABLE IF NOT EXISTS " + database + "." + table.name() + " (\n"
                + columns("`", TableDdl::athenaType)
                + ")\nPARTITIONED BY (" + String.join(", ", partitions())
                + ")\nLOCATION '" + PLACEHOLDER + "/data/" + table.name() + "/'\nTBLPROPERTIES (\n"
                + "  'table_type' = 'ICEBERG',\n"
                + accepted.entrySet().stream()
                        .map(property -> "  '" + property.getKey() + "' = '" + property.getValue() + "'")
                        .collect(Collectors.joining(",\n"))
                + "\n)\n";
    }

    /** One line per column: quoted name and type. */
    String columns(String quote, Function<Type, String> typeName) {
        return table.schema().columns().stream()
                .map(column -> "  " + quote + column.name() + quote + " " + typeName.apply(column.type()))
                .collect(Collectors.joining(",\n", "", "\n"));
    }

    /** The partition fields, such as {@code day(log_time)}. */
    List<String> partitions() {
        return table.partitions().fields().stream().map(this::partition).toList();
    }

    private String partition(PartitionField field) {
        String column = table.schema().findColumnName(field.sourceId());
        return field.transform().isIdentity() ? column : field.transform() + "(" + column + ")";
    }

    static String athenaType(Type type) {
        return switch (type.typeId()) {
            case INTEGER -> "int";
            case LONG -> "bigint";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
            case STRING -> "string";
            case MAP ->
                "map<" + athenaType(type.asMapType().keyType()) + ","
                        + athenaType(type.asMapType().valueType()) + ">";
            default -> throw new IllegalArgumentException("type " + type + " is not a column type of the lake");
        };
    }
}
