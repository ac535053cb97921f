package io.github.redshiftquerylogs.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** Iceberg's catalog in memory, of which commits can be disturbed. */
public final class FaultyCatalog extends InMemoryCatalog {

    /** Something that happens around a commit; may throw, before or after it has called it. */
    public interface Disturbance {
        void around(Runnable commit);
    }

    private Disturbance disturbance = Runnable::run;

    public FaultyCatalog() {
        Map<String, String> settings = new HashMap<>();
        settings.put("table-override.commit.retry.min-wait-ms", "1");
        settings.put("table-override.commit.retry.max-wait-ms", "1");
        initialize("model", settings);
    }

    public void disturb(Disturbance other) {
        disturbance = other;
    }

    /** Compaction, as maintenance does it: the rows stay, their files are replaced. */
    public static void compact(Table table) {
        new PlainRewriter()
                .rewrite(new PartitionRewriter.Rewrite(table, Expressions.alwaysTrue(), List.of(), 0, Map.of()));
    }

    /** Appends the rows of a table once more. */
    public static void doubleRows(Table table) {
        LakeFiles files = new LakeFiles(table, 0, 0);
        try {
            for (Record row : TestingLake.rows(table)) {
                files.write(row);
            }
            AppendFiles append = table.newAppend();
            Arrays.asList(files.complete()).forEach(append::appendFile);
            append.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier name) {
        return new Disturbed(super.newTableOps(name));
    }

    private final class Disturbed implements TableOperations {

        private final TableOperations operations;

        Disturbed(TableOperations operations) {
            this.operations = operations;
        }

        @Override
        public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
            boolean addsRows = base != null
                    && metadata.snapshots().size() > base.snapshots().size();
            if (addsRows) {
                disturbance.around(() -> operations.commit(base, metadata));
            } else {
                operations.commit(base, metadata);
            }
        }

        @Override
        public TableMetadata current() {
            return operations.current();
        }

        @Override
        public TableMetadata refresh() {
            return operations.refresh();
        }

        @Override
        public FileIO io() {
            return operations.io();
        }

        @Override
        public EncryptionManager encryption() {
            return operations.encryption();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return operations.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return operations.locationProvider();
        }

        @Override
        public TableOperations temp(TableMetadata uncommitted) {
            return operations.temp(uncommitted);
        }

        @Override
        public long newSnapshotId() {
            return operations.newSnapshotId();
        }
    }
}
