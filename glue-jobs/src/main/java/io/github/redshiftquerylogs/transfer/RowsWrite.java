package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.DerivedColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.LakeColumns;
import io.github.redshiftquerylogs.lake.LakeFiles;
import io.github.redshiftquerylogs.lake.LakeWriter;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.SourceRows;
import io.github.redshiftquerylogs.window.Window;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of a window into files of the lake. Every row is checked before it is written.
 *
 * @param lake creates the files
 * @param window the window of the rows
 * @param exportName the name of the export, for error messages
 * @param keepBlanks the text columns whose trailing blanks are data
 * @param derived the columns that are computed
 * @param database the database that all rows must be of; null if they do not say theirs
 */
record RowsWrite(
        LakeWriter lake,
        Window window,
        String exportName,
        Set<String> keepBlanks,
        List<DerivedColumn> derived,
        @Nullable String database)
        implements Serializable {

    static RowsWrite of(LakeWriter lake, Window window, ExportDeclaration declaration, Optional<String> database) {
        return new RowsWrite(
                lake,
                window,
                declaration.name(),
                declaration.columns().stream()
                        .filter(column -> column.blanks() == Blanks.DATA)
                        .map(DeclaredColumn::name)
                        .collect(Collectors.toSet()),
                declaration.derived(),
                database.orElse(null));
    }

    /**
     * Writes all rows.
     *
     * @param partition number of the Spark partition, part of the file names
     * @param attempt number of the Spark task attempt, part of the file names
     * @param maxRows the maximum number of rows
     * @throws TooManyRowsException if there are more rows; no file is kept
     * @throws io.github.redshiftquerylogs.failure.OutOfWindowException if a row is outside of the window; no file is
     *     kept
     * @throws SourceException if a row is of another database; no file is kept
     */
    WrittenFiles write(SourceRows rows, int partition, long attempt, long maxRows) {
        RowConversion conversion = new RowConversion(
                lake.schema(),
                rows.columns(),
                keepBlanks,
                derived.stream().map(DerivedColumn::name).collect(Collectors.toSet()));
        DerivedValues derivedValues = new DerivedValues(lake.schema(), derived);
        LakeFiles files = lake.newFiles(partition, attempt);
        try {
            LocalDateTime maxLogTime = null;
            for (long written = 0; rows.next(); written++) {
                if (written == maxRows) {
                    throw new TooManyRowsException(exportName, window, maxRows);
                }
                Record row = GenericRecord.create(lake.schema());
                conversion.copy(rows, row);
                derivedValues.fill(row);
                row.setField(LakeColumns.CLUSTER_NAME, lake.clusterName());
                LocalDateTime logTime = window.require(row.getField(LakeColumns.LOG_TIME), exportName);
                requireDatabase(row);
                maxLogTime = maxLogTime == null || logTime.isAfter(maxLogTime) ? logTime : maxLogTime;
                files.write(row);
            }
            return new WrittenFiles(List.of(files.complete()), maxLogTime, conversion.replaced());
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write files of " + exportName, e);
        } catch (RuntimeException e) {
            files.abort();
            throw e;
        }
    }

    /** A row of another database would lie outside of the fence of its commit. */
    private void requireDatabase(Record row) {
        if (database != null && !database.equals(row.getField(SnapshotRule.DATABASE))) {
            throw SourceException.of(
                    FailureCategory.SOURCE,
                    exportName + ": the query gave a row with " + SnapshotRule.DATABASE + " "
                            + row.getField(SnapshotRule.DATABASE) + ": expected " + database
                            + ", the database that was asked; current_database() gives it");
        }
    }
}
