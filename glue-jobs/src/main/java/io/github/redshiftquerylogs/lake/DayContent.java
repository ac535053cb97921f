package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** The rows of a cluster and a day: their number and their checksum. */
final class DayContent {

    private final Table table;
    private final ClusterRows clusterRows;
    private final CanonicalRow row;

    DayContent(Table table, ClusterName cluster, ExportDeclaration declaration) {
        this.table = table;
        this.clusterRows = new ClusterRows(table, cluster);
        this.row =
                new CanonicalRow(SourceColumns.of(table.schema(), declaration).asStored());
    }

    DayRows of(LakePosition base, LocalDate day) {
        return of(table, base.snapshotId(), day);
    }

    /**
     * The day in the current snapshot of another state of the table.
     *
     * @param state the table with a change that is not committed yet
     */
    DayRows of(Table state, LocalDate day) {
        Snapshot snapshot = state.currentSnapshot();
        return of(state, snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()), day);
    }

    private DayRows of(Table state, OptionalLong snapshot, LocalDate day) {
        long rows = 0;
        Hash sum = Hash.ZERO;
        LocalDateTime first = null;
        LocalDateTime last = null;
        if (snapshot.isPresent()) {
            try (CloseableIterable<Record> found = IcebergGenerics.read(state)
                    .useSnapshot(snapshot.getAsLong())
                    .where(clusterRows.between(
                            day.atStartOfDay(), day.plusDays(1).atStartOfDay()))
                    .build()) {
                for (Record record : found) {
                    LocalDateTime logTime = (LocalDateTime) record.getField(LakeColumns.LOG_TIME);
                    rows++;
                    sum = sum.plus(row.hash(record));
                    first = first == null || logTime.isBefore(first) ? logTime : first;
                    last = last == null || logTime.isAfter(last) ? logTime : last;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + state.name(), e);
            }
        }
        return new DayRows(rows, sum.toString(), Optional.ofNullable(first), Optional.ofNullable(last));
    }
}
