package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.SourceLogin;
import io.github.redshiftquerylogs.redshift.SourceRows;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads a window once, straight into files: what a Spark task does. Every row is checked before it is written.
 *
 * @param table a copy of the lake's table that can travel
 * @param clusterName the cluster that is read, as in the lake
 * @param login how to connect to it
 * @param window what to read
 * @param sql the query of the window
 * @param exportName for error texts
 * @param keepBlanks text columns in which blanks at the end are data
 */
public record WindowWrite(
        Table table,
        String clusterName,
        SourceLogin login,
        Window window,
        String sql,
        String exportName,
        Set<String> keepBlanks)
        implements Serializable {

    static WindowWrite of(
            Table table, ClusterName cluster, SourceLogin login, Window window, ExportDeclaration declaration) {
        return new WindowWrite(
                table,
                cluster.value(),
                login,
                window,
                declaration.sql().rows(window),
                declaration.name(),
                declaration.columns().stream()
                        .filter(column -> column.blanks() == Blanks.DATA)
                        .map(DeclaredColumn::name)
                        .collect(Collectors.toSet()));
    }

    /**
     * Reads and writes.
     *
     * @param partition of the Spark job, part of file names
     * @param attempt of the Spark task, part of file names
     * @throws io.github.redshiftquerylogs.window.OutOfWindowException if a row does not belong to the window
     */
    public WrittenFiles run(int partition, long attempt) {
        try (SourceSession session = login.open()) {
            return session.rows(sql, rows -> write(rows, partition, attempt));
        }
    }

    private WrittenFiles write(SourceRows rows, int partition, long attempt) throws SQLException {
        RowConversion conversion = new RowConversion(table.schema(), rows.columns(), keepBlanks);
        LakeFiles files = new LakeFiles(table, partition, attempt);
        try {
            @Nullable LocalDateTime greatest = null;
            while (rows.next()) {
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
        } catch (SQLException | RuntimeException e) {
            files.abort();
            throw e;
        }
    }
}
