package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The lake: one Iceberg table per export, shared by all clusters. Tables are created if absent, never replaced. */
public final class Lake {

    private final Catalog catalog;
    private final Namespace database;
    private final String location;

    /**
     * A lake in a catalog.
     *
     * @param catalog the Iceberg catalog
     * @param database the Glue database
     * @param s3Prefix new tables are created under its folder {@code data/}
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
                // another cluster's run has created it
                return;
            }
        }
    }

    /**
     * Opens the table of an export for a cluster; creates it if absent.
     *
     * @throws LakeException if the table has another key or log-time rule
     */
    public LakeTable open(ExportDeclaration declaration, ClusterName cluster) {
        return new LakeTable(open(TableDefinition.of(declaration)), cluster, declaration);
    }

    /** Whether the table of an export exists and has rows of a cluster. */
    public boolean hasRows(ExportDeclaration declaration, ClusterName cluster) {
        return newestRow(declaration, cluster).isPresent();
    }

    /** The greatest {@code log_time} of a cluster in the table of an export, UTC; empty without table or rows. */
    public Optional<LocalDateTime> newestRow(ExportDeclaration declaration, ClusterName cluster) {
        try {
            Table table = catalog.loadTable(TableIdentifier.of(database, declaration.name()));
            return new ClusterRows(table, cluster).position(Optional.empty()).maxLogTime();
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return Optional.empty();
        }
    }

    /**
     * Lets old snapshots of a table expire; no row and no file of a snapshot that stays is touched.
     *
     * @param table the name of the table
     * @param now the job's clock
     * @return the number of snapshots that have expired; 0 also if there is no such table
     */
    public int expireSnapshots(String table, Instant now) {
        try {
            return SnapshotExpiry.expire(catalog.loadTable(TableIdentifier.of(database, table)), now);
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return 0;
        }
    }

    /** Opens the table of {@link ClusterRecord#table} for a cluster; creates it if absent. */
    public ClusterTable openClusters(ClusterName cluster) {
        return new ClusterTable(openRecords(ClusterRecord.table(), cluster));
    }

    /**
     * Opens a table to which the job writes records of its own, for a cluster; creates it if absent.
     *
     * @throws LakeException if the table has another key or log-time rule
     */
    public RecordTable openRecords(TableDefinition definition, ClusterName cluster) {
        return new RecordTable(open(definition), cluster);
    }

    /**
     * Opens a table; creates it if absent. A table that was created by DDL in Athena lacks this project's properties;
     * they are set here while the table is empty.
     *
     * @throws LakeException if the table has another key or log-time rule
     */
    Table open(TableDefinition definition) {
        TableIdentifier name = TableIdentifier.of(database, definition.name());
        Table table = loadOrCreate(name, definition);
        if (isEmptyAndNotOurs(table)) {
            UpdateProperties update = table.updateProperties();
            definition.properties().forEach(update::set);
            update.commit();
        }
        require(table, TableDefinition.KEY, definition);
        require(table, TableDefinition.LOG_TIME_RULE, definition);
        return table;
    }

    private Table loadOrCreate(TableIdentifier name, TableDefinition definition) {
        try {
            return catalog.loadTable(name);
        } catch (NoSuchTableException e) {
            // not tableExists first: the catalog would load the table twice
            return create(name, definition);
        }
    }

    private Table create(TableIdentifier name, TableDefinition definition) {
        try {
            return catalog.buildTable(name, definition.schema())
                    .withPartitionSpec(definition.partitions())
                    .withLocation(location + "/" + definition.name())
                    .withProperties(definition.properties())
                    .create();
        } catch (AlreadyExistsException e) {
            // another cluster's run has created it
            return catalog.loadTable(name);
        }
    }

    private static boolean isEmptyAndNotOurs(Table table) {
        // Trino creates a table with an empty snapshot
        boolean empty = table.currentSnapshot() == null
                || "0".equals(table.currentSnapshot().summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP));
        return empty
                && !table.properties().containsKey(TableDefinition.KEY)
                && !table.properties().containsKey(TableDefinition.LOG_TIME_RULE);
    }

    private static void require(Table table, String property, TableDefinition definition) {
        String expected = definition.property(property);
        String actual = table.properties().getOrDefault(property, "(missing)");
        if (!actual.equals(expected)) {
            throw new LakeException("table " + table.name() + " has " + property + " = '" + actual + "': expected '"
                    + expected + "', as declared; a changed definition needs another table name");
        }
    }
}
