package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * Counts the rows of a cluster by hour or day of {@code log_time}. A file whose rows lie in one of them is counted by its
 * metadata; of others only the column {@code log_time} is read.
 */
final class RowsByTime {

    private final Table table;
    private final ClusterRows clusterRows;
    private final ChronoUnit unit;
    private final SortedMap<LocalDateTime, RowsOfTime> counted = new TreeMap<>();

    private RowsByTime(Table table, ClusterName cluster, ChronoUnit unit) {
        this.table = table;
        this.clusterRows = new ClusterRows(table, cluster);
        this.unit = unit;
    }

    /**
     * The numbers of rows of a day in the table's current snapshot.
     *
     * @return 24 numbers, from hour 0
     */
    static List<Long> byHour(Table table, ClusterName cluster, LocalDate day) {
        RowsByTime rows = new RowsByTime(table, cluster, ChronoUnit.HOURS);
        rows.count(rows.clusterRows.between(day.atStartOfDay(), day.plusDays(1).atStartOfDay()));
        List<Long> hours = new ArrayList<>(Collections.nCopies(24, 0L));
        rows.counted.forEach((hour, found) -> hours.set(hour.getHour(), found.rows()));
        return List.copyOf(hours);
    }

    /**
     * The rows in the table's current snapshot, of each day that has some.
     *
     * @param first the first day
     */
    static SortedMap<LocalDate, RowsOfTime> byDay(Table table, ClusterName cluster, LocalDate first) {
        RowsByTime rows = new RowsByTime(table, cluster, ChronoUnit.DAYS);
        rows.count(rows.clusterRows.since(first.atStartOfDay()));
        SortedMap<LocalDate, RowsOfTime> days = new TreeMap<>();
        rows.counted.forEach((day, found) -> days.put(day.toLocalDate(), found));
        return days;
    }

    private void count(Expression rows) {
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .filter(rows)
                .includeColumnStats(List.of(LakeColumns.LOG_TIME))
                .planFiles()) {
            tasks.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot plan " + table.name(), e);
        }
        if (files.stream().allMatch(RowsByTime::hasOnlySuchRows)) {
            files.forEach(file -> countFile(file.file()));
        } else {
            read(rows);
        }
    }

    /** Whether each row of a file counts. It is so unless other engines have changed the partitions or deleted rows. */
    private static boolean hasOnlySuchRows(FileScanTask task) {
        return task.deletes().isEmpty()
                && task.residual().op() == Expression.Operation.TRUE
                && task.file().format() == FileFormat.PARQUET;
    }

    private void countFile(DataFile file) {
        Optional<LocalDateTime> newest = clusterRows.upperBound(file);
        if (newest.isPresent()
                && clusterRows
                        .lowerBound(file)
                        .filter(oldest -> begin(oldest).equals(begin(newest.get())))
                        .isPresent()) {
            add(new RowsOfTime(file.recordCount(), newest.get()));
            return;
        }
        Schema logTime = table.schema().select(LakeColumns.LOG_TIME);
        try (CloseableIterable<Record> rows = Parquet.read(table.io().newInputFile(file.location()))
                .project(logTime)
                .reuseContainers()
                .createReaderFunc(found -> GenericParquetReaders.buildReader(logTime, found))
                .build()) {
            rows.forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.location(), e);
        }
    }

    private void read(Expression rowsToRead) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(rowsToRead)
                .select(LakeColumns.LOG_TIME)
                .build()) {
            rows.forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
    }

    private void add(Record row) {
        add(new RowsOfTime(1, (LocalDateTime) row.getField(LakeColumns.LOG_TIME)));
    }

    private void add(RowsOfTime rows) {
        counted.merge(begin(rows.newest()), rows, RowsOfTime::plus);
    }

    private LocalDateTime begin(LocalDateTime time) {
        return time.truncatedTo(unit);
    }
}
