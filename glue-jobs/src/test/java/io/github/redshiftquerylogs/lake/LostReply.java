package io.github.redshiftquerylogs.lake;

import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** Real operations of a table, of which the first commit happens and is reported as a conflict. */
final class LostReply implements TableOperations {

    private final TableOperations operations;
    private boolean lost;

    private LostReply(TableOperations operations) {
        this.operations = operations;
    }

    static Table of(Table table) {
        return new BaseTable(new LostReply(((HasTableOperations) table).operations()), table.name());
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        operations.commit(base, metadata);
        if (!lost) {
            lost = true;
            throw new CommitFailedException("a conflict, as it seems");
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
}
