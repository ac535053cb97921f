package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * A table to which the job writes records of its own, such as {@code clusters}, for one cluster. Its rows are not
 * exported from a source. They are only appended, by the same fence as exported rows, so each append has a later {@code
 * log_time} than all rows of the cluster before.
 *
 * <p>A record is a map from column name to value, without {@code cluster_name} and {@code log_time}; a column that is
 * missing is null.
 */
public final class RecordTable {

    private final Table table;
    private final ClusterName cluster;
    private final ClusterRows clusterRows;

    RecordTable(Table table, ClusterName cluster) {
        this.table = table;
        this.cluster = cluster;
        this.clusterRows = new ClusterRows(table, cluster);
    }

    /** The position of the cluster in the latest snapshot. */
    public LakePosition position() {
        table.refresh();
        return clusterRows.position(Optional.empty());
    }

    /**
     * The records of the cluster in a snapshot.
     *
     * @param base the position in that snapshot
     * @param since the least {@code log_time}, inclusive, UTC
     */
    public List<Map<String, Object>> records(LakePosition base, LocalDateTime since) {
        OptionalLong snapshot = base.snapshotId();
        if (snapshot.isEmpty()) {
            return List.of();
        }
        List<Map<String, Object>> records = new ArrayList<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .useSnapshot(snapshot.getAsLong())
                .where(clusterRows.since(since))
                .build()) {
            rows.forEach(row -> records.add(values(row)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
        return records;
    }

    /**
     * The greatest value of a whole number in a column, of each day of {@code log_time} that has records; from metadata, so
     * a day may be missing whose files have no bounds.
     *
     * @param base the position in the snapshot
     */
    public SortedMap<LocalDate, Long> greatestByDay(LakePosition base, String column) {
        SortedMap<LocalDate, Long> greatest = new TreeMap<>();
        if (base.snapshotId().isPresent()) {
            Types.NestedField field = table.schema().findField(column);
            for (DataFile file : clusterRows.files(base.snapshotId().getAsLong(), clusterRows.all(), column)) {
                ByteBuffer bound =
                        file.upperBounds() == null ? null : file.upperBounds().get(field.fieldId());
                Optional<LocalDateTime> newest = clusterRows.upperBound(file);
                if (bound != null && newest.isPresent()) {
                    Number value = Conversions.fromByteBuffer(field.type(), bound);
                    greatest.merge(newest.get().toLocalDate(), value.longValue(), Math::max);
                }
            }
        }
        return greatest;
    }

    /** Starts records about days. */
    public DayRecords newDays() {
        return new DayRecords(table, cluster);
    }

    /**
     * Appends records that describe a state, if the last ones of the cluster describe another one or there are none. If the
     * append is refused because of a concurrent one, the next run compares again.
     *
     * @param logTime when the state was seen, UTC; nothing is appended unless it is after the last records
     * @param changed whether the last records, those of the greatest {@code log_time}, describe another state
     * @return whether records were appended
     */
    public boolean appendIfChanged(
            LocalDateTime logTime,
            List<Map<String, Object>> records,
            Predicate<List<Map<String, Object>>> changed,
            Map<String, String> evidence) {
        LakePosition base = position();
        Optional<LocalDateTime> newest = base.maxLogTime();
        if (newest.isPresent() && (!logTime.isAfter(newest.get()) || !changed.test(records(base, newest.get())))) {
            return false;
        }
        return append(base, logTime, records, evidence) instanceof AppendResult.Committed;
    }

    private static Map<String, Object> values(Record row) {
        Map<String, Object> values = new HashMap<>();
        for (Types.NestedField column : row.struct().fields()) {
            Object value = row.getField(column.name());
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        return values;
    }

    /**
     * Appends records, in one commit, unless other records of the cluster were appended since {@code base}.
     *
     * @param base the position when it was decided what to append
     * @param logTime the {@code log_time} of all these records, UTC
     * @param records at least one
     * @param evidence properties of the new snapshot
     * @return refused also if {@code logTime} is not after all records of {@code base}
     */
    public AppendResult append(
            LakePosition base, LocalDateTime logTime, List<Map<String, Object>> records, Map<String, String> evidence) {
        if (base.maxLogTime().filter(newest -> !logTime.isAfter(newest)).isPresent()) {
            return new AppendResult.Refused("records of " + logTime + " are not after the last ones of "
                    + base.maxLogTime().get());
        }
        LakeFiles files = new LakeFiles(table, 0, 0);
        try {
            for (Map<String, Object> values : records) {
                Record row = GenericRecord.create(table.schema());
                row.setField(LakeColumns.CLUSTER_NAME, cluster.value());
                row.setField(LakeColumns.LOG_TIME, logTime);
                values.forEach(row::setField);
                files.write(row);
            }
            return new FencedAppend(table, cluster).commit(base, List.of(files.complete()), evidence);
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write rows of " + table.name(), e);
        }
    }
}
