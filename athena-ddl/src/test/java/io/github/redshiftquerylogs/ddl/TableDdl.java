package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.lake.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** {@code CREATE TABLE} of one definition, in two spellings. */
record TableDdl(TableDefinition table) {

    /** What stands in the committed files where the lake's prefix has to be written. */
    static final String PLACEHOLDER = "s3://YOUR_BUCKET/YOUR_PREFIX";

    /**
     * The table properties that Athena takes, by Iceberg's names; it refuses any other.
     * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html#querying-iceberg-table-properties
     */
    private static final Map<String, String> ATHENA_PROPERTIES = Map.of(
            "write.parquet.compression-codec", "write_compression",
            "write.metadata.previous-versions-max", "vacuum_max_metadata_files_to_keep");

    /** For Athena. All names are quoted: some columns have names that are reserved there. */
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
        return "-- Rendered from what the job creates; do not edit, see TableDdlTest.\n"
                + "-- Athena takes a few table properties only, and makes format version 2. The job sets the others when it"
                + " opens\n-- the table for the first time, as long as it is empty:\n"
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

    /** For Trino, whose own properties are fewer still. */
    String trino(String schema, String location) {
        return "CREATE TABLE IF NOT EXISTS " + schema + "." + table.name() + " (\n"
                + columns("\"", TableDdl::trinoType)
                + ")\nWITH (format = 'PARQUET', format_version = 2, partitioning = ARRAY["
                + partitions().stream().map(field -> "'" + field + "'").collect(Collectors.joining(", "))
                + "], location = '" + location + "')";
    }

    private String columns(String quote, Function<Type, String> spelling) {
        return table.schema().columns().stream()
                .map(column -> "  " + quote + column.name() + quote + " " + spelling.apply(column.type()))
                .collect(Collectors.joining(",\n", "", "\n"));
    }

    private List<String> partitions() {
        return table.partitions().fields().stream().map(this::partition).toList();
    }

    private String partition(PartitionField field) {
        String column = table.schema().findColumnName(field.sourceId());
        return field.transform().isIdentity() ? column : field.transform() + "(" + column + ")";
    }

    private static String athenaType(Type type) {
        return switch (type.typeId()) {
            case INTEGER -> "int";
            case LONG -> "bigint";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
            case STRING -> "string";
            default -> throw new IllegalArgumentException("no column of the lake has type " + type);
        };
    }

    private static String trinoType(Type type) {
        if (type.equals(Types.TimestampType.withoutZone())) {
            return "timestamp(6)";
        }
        return type.equals(Types.StringType.get()) ? "varchar" : athenaType(type);
    }
}
