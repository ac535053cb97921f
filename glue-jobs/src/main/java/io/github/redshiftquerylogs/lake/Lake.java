package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** The lake: one Iceberg table an export, shared by all clusters. Tables are created when absent, never replaced. */
public final class Lake {

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

    private final Catalog catalog;
    private final Namespace database;
    private final String location;

    /**
     * A lake in a catalog.
     *
     * @param catalog where tables are found
     * @param database the Glue database
     * @param s3Prefix where new tables are put, under {@code data/}
     */
    public Lake(Catalog catalog, String database, String s3Prefix) {
        this.catalog = catalog;
        this.database = Namespace.of(database);
        this.location = s3Prefix + "/data";
    }

    /** Creates the database if it does not exist. */
    public void createDatabase() {
        if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(database)) {
            try {
                namespaces.createNamespace(database);
            } catch (AlreadyExistsException e) {
                // another cluster's run was first
                return;
            }
        }
    }

    /**
     * Opens the table of an export for a cluster, creates it if it does not exist.
     *
     * @throws IllegalArgumentException if the table has another key or another log-time rule
     */
    public LakeTable open(ExportDeclaration declaration, ClusterName cluster) {
        TableIdentifier name = TableIdentifier.of(database, declaration.name());
        Table table = catalog.tableExists(name) ? catalog.loadTable(name) : create(name, declaration);
        require(table, KEY, key(declaration));
        require(table, LOG_TIME_RULE, declaration.logTimeRule());
        return new LakeTable(table, cluster, declaration);
    }

    private Table create(TableIdentifier name, ExportDeclaration declaration) {
        Schema schema = LakeColumns.schema(declaration);
        PartitionSpec partitions = LakeColumns.partitions(schema);
        try {
            return catalog.buildTable(name, schema)
                    .withPartitionSpec(partitions)
                    .withLocation(location + "/" + declaration.name())
                    .withProperties(PROPERTIES)
                    .withProperty(KEY, key(declaration))
                    .withProperty(LOG_TIME_RULE, declaration.logTimeRule())
                    .create();
        } catch (AlreadyExistsException e) {
            // another cluster's run was first
            return catalog.loadTable(name);
        }
    }

    private static String key(ExportDeclaration declaration) {
        return String.join(",", declaration.key());
    }

    private static void require(Table table, String property, String expected) {
        String actual = table.properties().getOrDefault(property, "(missing)");
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException("table " + table.name() + " has " + property + " = '" + actual
                    + "': expected '" + expected + "', as declared; another definition is another table name");
        }
    }
}
