package io.github.redshiftquerylogs.lake;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a table that commit a replacement of files only if a day has the expected rows with the new ones, and that
 * hold deletions back. The new files are read before the commit, so a replacement that changes rows never happens.
 *
 * <p>After a lost reply Iceberg tries a commit again under the same snapshot id, and makes the snapshot that is there the current
 * one. That would undo what others have committed since, so it is left out.
 */
final class VerifiedReplacement implements TableOperations {

    private final TableOperations operations;
    private final String name;
    private final DayRows expected;
    private final Function<Table, DayRows> content;
    private final HeldDeletions io;

    private boolean verified;
    private Optional<String> objection = Optional.empty();

    /** @param content reads the day in the current snapshot of a table */
    VerifiedReplacement(Table table, DayRows expected, Function<Table, DayRows> content) {
        this.operations = ((HasTableOperations) table).operations();
        this.name = table.name();
        this.expected = expected;
        this.content = content;
        this.io = new HeldDeletions(table.io());
    }

    /** The table with these operations. */
    Table table() {
        return new BaseTable(this, name);
    }

    /** Why a commit was not made; empty if each one was. */
    Optional<String> objection() {
        return objection;
    }

    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        if (base != null && base.snapshot(current(metadata).snapshotId()) != null) {
            // an earlier attempt has happened; this one would roll the table back to it, behind appends since then
            return;
        }
        // what is tried again has the same files: Iceberg itself requires that those it replaces are as they were
        if (!verified) {
            objection = objection(metadata);
            if (objection.isPresent()) {
                // Iceberg knows by this class that it did not happen
                throw new ValidationException("%s", objection.get());
            }
            verified = true;
        }
        operations.commit(base, metadata);
    }

    private Optional<String> objection(TableMetadata metadata) {
        Snapshot next = current(metadata);
        if (!next.operation().equals(DataOperations.REPLACE)) {
            return Optional.of("the operation is " + next.operation() + ": expected " + DataOperations.REPLACE);
        }
        DayRows rows = content.apply(new BaseTable(operations.temp(metadata), name));
        if (rows.equals(expected)) {
            return Optional.empty();
        }
        return Optional.of("the day would have " + rows.rows() + " rows with checksum " + rows.checksum()
                + ": expected " + expected.rows() + " with " + expected.checksum() + ", as in its last entry");
    }

    private static Snapshot current(TableMetadata metadata) {
        return Objects.requireNonNull(metadata.currentSnapshot());
    }

    /** The files that were to be deleted. */
    List<String> held() {
        return io.held();
    }

    @Override
    public FileIO io() {
        return io;
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
