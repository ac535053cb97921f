package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.SourceRows;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Window;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of a window into files of the lake, wherever they come from. Every row is checked before it is written.
 *
 * @param table a copy of the lake's table that can travel
 * @param clusterName the cluster that is read, as in the lake
 * @param window what the rows belong to
 * @param exportName for error texts
 * @param keepBlanks text columns in which blanks at the end are data
 */
record RowsWrite(Table table, String clusterName, Window window, String exportName, Set<String> keepBlanks)
        implements Serializable {

    static RowsWrite of(Table table, ClusterName cluster, Window window, ExportDeclaration declaration) {
        return new RowsWrite(
                table,
                cluster.value(),
                window,
                declaration.name(),
                declaration.columns().stream()
                        .filter(column -> column.blanks() == Blanks.DATA)
                        .map(DeclaredColumn::name)
                        .collect(Collectors.toSet()));
    }

    /**
     * Writes.
     *
     * @param partition of the Spark job, part of file names
     * @param attempt of the Spark task, part of file names
     * @param most rows that are written
     * @throws TooManyRowsException if there are more; nothing is kept
     * @throws io.github.redshiftquerylogs.window.OutOfWindowException if a row does not belong to the window
     */
    WrittenFiles write(SourceRows rows, int partition, long attempt, long most) {
        RowConversion conversion = new RowConversion(table.schema(), rows.columns(), keepBlanks);
        LakeFiles files = new LakeFiles(table, partition, attempt);
        try {
            @Nullable LocalDateTime greatest = null;
            for (long written = 0; rows.next(); written++) {
                if (written == most) {
                    throw new TooManyRowsException(exportName, window, most);
                }
                Record row = GenericRecord.create(table.schema());
                conversion.copy(rows, row);
                row.setField(LakeColumns.CLUSTER_NAME, clusterName);
                LocalDateTime logTime = window.require(row.getField(LakeColumns.LOG_TIME), exportName);
                greatest = greatest == null || logTime.isAfter(greatest) ? logTime : greatest;
                files.write(row);
            }
            return new WrittenFiles(List.of(files.complete()), greatest);
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write files of " + exportName, e);
        } catch (RuntimeException e) {
            files.abort();
            throw e;
        }
    }
}
