package io.github.redshiftquerylogs.lake;

import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** Real operations of a table, of which the first commit is disturbed: it happens and is reported as a conflict, or worse. */
final class LostReply implements TableOperations {

    private final TableOperations operations;
    private final FaultyCatalog.Disturbance disturbance;
    private boolean disturbed;

    private LostReply(TableOperations operations, FaultyCatalog.Disturbance disturbance) {
        this.operations = operations;
        this.disturbance = disturbance;
    }

    static Table of(Table table) {
        return of(table, commit -> {
            commit.run();
            throw new CommitFailedException("a conflict, as it seems");
        });
    }

    static Table of(Table table, FaultyCatalog.Disturbance disturbance) {
        return new BaseTable(new LostReply(((HasTableOperations) table).operations(), disturbance), table.name());
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        if (disturbed) {
            operations.commit(base, metadata);
        } else {
            disturbed = true;
            disturbance.around(() -> operations.commit(base, metadata));
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
}
