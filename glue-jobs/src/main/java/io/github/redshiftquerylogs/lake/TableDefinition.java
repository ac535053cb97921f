package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * The definition of a lake table when it is created. Jobs create tables from it, and the DDL for Athena and other
 * engines is rendered from it.
 *
 * @param name the table name, and the name of its folder under {@code data/}
 * @param schema {@code cluster_name} and {@code log_time} first; all columns are optional
 * @param partitions by cluster, then by day of {@code log_time}
 * @param properties Iceberg's table properties, by name
 */
public record TableDefinition(String name, Schema schema, PartitionSpec partitions, Map<String, String> properties) {

    /** Table property: the columns that distinguish rows. It never changes. */
    static final String KEY = "redshift_query_logs.key";
    /** Table property: the meaning of {@code log_time}. It never changes. */
    static final String LOG_TIME_RULE = "redshift_query_logs.log_time";

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("format-version", "2"),
            // 40 clusters x 288 runs a day are 11,520 snapshots, about 1 kB each uncompressed
            Map.entry("write.metadata.compression-codec", "gzip"),
            Map.entry("write.metadata.delete-after-commit.enabled", "true"),
            Map.entry("write.metadata.previous-versions-max", "20"),
            // a concurrent commit of another cluster costs a retry
            Map.entry("commit.retry.num-retries", "20"),
            Map.entry("write.parquet.compression-codec", "zstd"),
            // the fence and the starting point need these bounds
            Map.entry("write.metadata.metrics.column.cluster_name", "full"),
            Map.entry("write.metadata.metrics.column.log_time", "full"));

    public TableDefinition {
        properties = Map.copyOf(properties);
    }

    /** The definition of an export's table. */
    public static TableDefinition of(ExportDeclaration export) {
        List<DeclaredColumn> columns = new ArrayList<>(export.columns());
        export.derived()
                .forEach(derived -> columns.add(new DeclaredColumn(derived.name(), derived.type(), Blanks.DATA)));
        return of(export.name(), export.logTimeRule(), export.key(), columns);
    }

    /**
     * The definition of a table to which the job writes records of its own.
     *
     * @param logTimeRule a name for the time that {@code log_time} holds
     * @param key the columns that distinguish records
     */
    public static TableDefinition ofRecords(
            String name, String logTimeRule, List<String> key, List<DeclaredColumn> columns) {
        return of(name, logTimeRule, key, columns);
    }

    /** The same table with another column, last, whose values are maps. */
    public TableDefinition withMap(String column, ColumnType key, ColumnType value) {
        Schema wider = LakeColumns.withMap(schema, column, key, value);
        return new TableDefinition(name, wider, LakeColumns.partitions(wider), properties);
    }

    private static TableDefinition of(String name, String logTimeRule, List<String> key, List<DeclaredColumn> columns) {
        Schema schema = LakeColumns.schema(columns);
        Map<String, String> properties = new TreeMap<>(PROPERTIES);
        properties.put(KEY, String.join(",", key));
        properties.put(LOG_TIME_RULE, logTimeRule);
        return new TableDefinition(name, schema, LakeColumns.partitions(schema), properties);
    }

    /** The value of a property; empty text if the definition does not have it. */
    String property(String key) {
        return properties.getOrDefault(key, "");
    }
}
