package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.lake.TableDefinition;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** {@code CREATE TABLE} in Trino's spelling, with columns and partitions from {@link TableDdl}. */
record TrinoDdl(TableDefinition table) {

    /** The statement for Trino, which accepts fewer table properties than Athena. */
    String create(String schema, String location) {
        TableDdl ddl = new TableDdl(table);
        return "CREATE TABLE IF NOT EXISTS " + schema + "." + table.name() + " (\n"
                + ddl.columns("\"", TrinoDdl::type)
                + ")\nWITH (format = 'PARQUET', format_version = 2, partitioning = ARRAY["
                + ddl.partitions().stream().map(field -> "'" + field + "'").collect(Collectors.joining(", "))
                + "], location = '" + location + "')";
    }

    private static String type(Type type) {
        if (type.isMapType()) {
            return "map(" + type(type.asMapType().keyType()) + ", "
                    + type(type.asMapType().valueType()) + ")";
        }
        if (type.equals(Types.TimestampType.withoutZone())) {
            return "timestamp(6)";
        }
        return type.equals(Types.StringType.get()) ? "varchar" : TableDdl.athenaType(type);
    }
}
