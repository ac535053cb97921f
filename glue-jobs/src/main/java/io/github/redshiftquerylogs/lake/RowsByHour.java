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
 * Counts the rows of a cluster on a day by hour of {@code log_time}. A file whose rows lie in one hour is counted by its
 * metadata; of others only the column {@code log_time} is read.
 */
final class RowsByHour {

    private final Table table;
    private final ClusterRows clusterRows;
    private final List<Long> hours = new ArrayList<>(Collections.nCopies(24, 0L));

    private RowsByHour(Table table, ClusterName cluster) {
        this.table = table;
        this.clusterRows = new ClusterRows(table, cluster);
    }

    /**
     * The numbers of rows in the table's current snapshot.
     *
     * @return 24 numbers, from hour 0
     */
    static List<Long> of(Table table, ClusterName cluster, LocalDate day) {
        RowsByHour rows = new RowsByHour(table, cluster);
        rows.count(day);
        return List.copyOf(rows.hours);
    }

    private void count(LocalDate day) {
        Expression rowsOfDay =
                clusterRows.between(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .filter(rowsOfDay)
                .includeColumnStats(List.of(LakeColumns.LOG_TIME))
                .planFiles()) {
            tasks.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot plan " + table.name(), e);
        }
        if (files.stream().allMatch(RowsByHour::isOfDayAlone)) {
            files.forEach(file -> countFile(file.file()));
        } else {
            read(rowsOfDay);
        }
    }

    /** Whether each row of a file counts. It is so unless other engines have changed the partitions or deleted rows. */
    private static boolean isOfDayAlone(FileScanTask task) {
        return task.deletes().isEmpty()
                && task.residual().op() == Expression.Operation.TRUE
                && task.file().format() == FileFormat.PARQUET;
    }

    private void countFile(DataFile file) {
        Optional<LocalDateTime> first = clusterRows.lowerBound(file).map(RowsByHour::hour);
        if (first.isPresent() && first.equals(clusterRows.upperBound(file).map(RowsByHour::hour))) {
            add(first.get(), file.recordCount());
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

    private void read(Expression rowsOfDay) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(rowsOfDay)
                .select(LakeColumns.LOG_TIME)
                .build()) {
            rows.forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
    }

    private void add(Record row) {
        add((LocalDateTime) row.getField(LakeColumns.LOG_TIME), 1);
    }

    private void add(LocalDateTime time, long rows) {
        hours.set(time.getHour(), hours.get(time.getHour()) + rows);
    }

    private static LocalDateTime hour(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.HOURS);
    }
}
