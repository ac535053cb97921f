package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * What a table of the lake is when it is created. The one source: jobs create tables from it, and the DDL for Athena and
 * other engines is rendered from it.
 *
 * @param name in the database, and of its folder under {@code data/}
 * @param schema two columns of ours first, all columns optional
 * @param partitions by cluster, then by day of {@code log_time}
 * @param properties Iceberg's table properties, by name
 */
public record TableDefinition(String name, Schema schema, PartitionSpec partitions, Map<String, String> properties) {

    /** Table property: the columns that tell one row from another. Never changes. */
    static final String KEY = "redshift_query_logs.key";
    /** Table property: what {@code log_time} is. Never changes. */
    static final String LOG_TIME_RULE = "redshift_query_logs.log_time";

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("format-version", "2"),
            // 40 clusters x 288 runs a day are 11,520 snapshots, about 1 kB each uncompressed
            Map.entry("write.metadata.compression-codec", "gzip"),
            Map.entry("write.metadata.delete-after-commit.enabled", "true"),
            Map.entry("write.metadata.previous-versions-max", "20"),
            // a commit of another cluster in between makes ours try again
            Map.entry("commit.retry.num-retries", "20"),
            Map.entry("write.parquet.compression-codec", "zstd"),
            // the fence and the starting point rest on these bounds
            Map.entry("write.metadata.metrics.column.cluster_name", "full"),
            Map.entry("write.metadata.metrics.column.log_time", "full"));

    private static final TableDefinition CLUSTERS = of(
            "clusters",
            "first_seen",
            ClusterRecord.columns().stream().map(DeclaredColumn::name).toList(),
            ClusterRecord.columns());

    public TableDefinition {
        properties = Map.copyOf(properties);
    }

    /** The table of an export. */
    public static TableDefinition of(ExportDeclaration export) {
        return of(export.name(), export.logTimeRule(), export.key(), export.columns());
    }

    /**
     * The table {@code clusters}: a row for each state that a cluster was seen in, at the {@code log_time} when it was
     * first seen so. A state is what the key has: {@code source_identity} (namespace, else host, as the exporter knows it),
     * {@code account_id}, {@code region}, {@code cluster_identifier}, {@code node_type}, {@code number_of_nodes}; what is
     * not known is null.
     */
    public static TableDefinition clusters() {
        return CLUSTERS;
    }

    private static TableDefinition of(String name, String logTimeRule, List<String> key, List<DeclaredColumn> columns) {
        Schema schema = LakeColumns.schema(columns);
        Map<String, String> properties = new TreeMap<>(PROPERTIES);
        properties.put(KEY, String.join(",", key));
        properties.put(LOG_TIME_RULE, logTimeRule);
        return new TableDefinition(name, schema, LakeColumns.partitions(schema), properties);
    }

    /** A property that this definition has. */
    String property(String key) {
        return properties.getOrDefault(key, "");
    }
}
