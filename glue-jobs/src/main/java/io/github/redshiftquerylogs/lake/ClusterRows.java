package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** The rows of one cluster in a lake table, read from table metadata where possible. */
final class ClusterRows {

    private final Table table;
    private final ClusterName cluster;

    ClusterRows(Table table, ClusterName cluster) {
        this.table = table;
        this.cluster = cluster;
    }

    /** All rows of the cluster. */
    Expression all() {
        return Expressions.equal(LakeColumns.CLUSTER_NAME, cluster.value());
    }

    /** The rows of the cluster after a time; all of its rows if the time is empty. */
    Expression after(Optional<LocalDateTime> time) {
        return time.<Expression>map(bound -> Expressions.and(
                        all(), Expressions.greaterThan(LakeColumns.LOG_TIME, DateTimeUtil.microsFromTimestamp(bound))))
                .orElse(all());
    }

    /** The rows of the cluster at a time or later. */
    Expression since(LocalDateTime time) {
        return Expressions.and(
                all(), Expressions.greaterThanOrEqual(LakeColumns.LOG_TIME, DateTimeUtil.microsFromTimestamp(time)));
    }

    /** The rows of the cluster from one time, inclusive, to another one, exclusive. */
    Expression between(LocalDateTime from, LocalDateTime to) {
        return Expressions.and(
                since(from), Expressions.lessThan(LakeColumns.LOG_TIME, DateTimeUtil.microsFromTimestamp(to)));
    }

    /**
     * The position of the cluster in the table's current snapshot.
     *
     * @param hint a time that the cluster has probably reached, so that older partitions can be skipped; the result is
     *     the same without it
     */
    LakePosition position(Optional<LocalDateTime> hint) {
        String uuid = table.uuid().toString();
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot == null) {
            return new LakePosition(uuid, OptionalLong.empty(), Optional.empty());
        }
        long id = snapshot.snapshotId();
        Optional<LocalDateTime> greatest = hint.flatMap(time -> greatest(id, since(time)));
        if (greatest.isEmpty()) {
            greatest = greatest(id, all());
        }
        return new LakePosition(uuid, OptionalLong.of(id), greatest);
    }

    /** The files of a snapshot that may contain matching rows, according to their bounds. */
    List<DataFile> files(long snapshotId, Expression rows) {
        return files(snapshotId, rows, LakeColumns.LOG_TIME);
    }

    /** Those files, with the bounds of {@code log_time} and of another column. */
    List<DataFile> files(long snapshotId, Expression rows, String column) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshotId)
                .filter(rows)
                .includeColumnStats(List.of(LakeColumns.LOG_TIME, column))
                .planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot plan " + table.name(), e);
        }
        return files;
    }

    private Optional<LocalDateTime> greatest(long snapshotId, Expression rows) {
        Optional<LocalDateTime> greatest = Optional.empty();
        for (DataFile file : files(snapshotId, rows)) {
            Optional<LocalDateTime> bound = upperBound(file);
            if (bound.isEmpty()) {
                // a missing bound does not mean that the file has no rows
                return read(snapshotId, rows);
            }
            greatest = later(greatest, bound);
        }
        return greatest;
    }

    /** The exact greatest {@code log_time} of a file; empty if the file has no such bound. */
    Optional<LocalDateTime> upperBound(DataFile file) {
        return bound(file.upperBounds());
    }

    /** The exact least {@code log_time} of a file; empty if the file has no such bound. */
    Optional<LocalDateTime> lowerBound(DataFile file) {
        return bound(file.lowerBounds());
    }

    private Optional<LocalDateTime> bound(@Nullable Map<Integer, ByteBuffer> bounds) {
        int field = table.schema().findField(LakeColumns.LOG_TIME).fieldId();
        ByteBuffer bound = bounds == null ? null : bounds.get(field);
        if (bound == null) {
            return Optional.empty();
        }
        Long micros = Conversions.fromByteBuffer(Types.TimestampType.withoutZone(), bound);
        return Optional.of(DateTimeUtil.timestampFromMicros(micros));
    }

    private Optional<LocalDateTime> read(long snapshotId, Expression rows) {
        Optional<LocalDateTime> greatest = Optional.empty();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .useSnapshot(snapshotId)
                .where(rows)
                .select(LakeColumns.CLUSTER_NAME, LakeColumns.LOG_TIME)
                .build()) {
            for (Record row : records) {
                greatest = later(greatest, Optional.of((LocalDateTime) row.getField(LakeColumns.LOG_TIME)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
        return greatest;
    }

    private static Optional<LocalDateTime> later(Optional<LocalDateTime> a, Optional<LocalDateTime> b) {
        return a.isPresent() && (b.isEmpty() || a.get().isAfter(b.get())) ? a : b;
    }
}
