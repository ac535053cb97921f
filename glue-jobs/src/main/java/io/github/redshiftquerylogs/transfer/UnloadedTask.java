package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.unload.UnloadManifest;
import java.util.List;

/**
 * Reads some of the unloaded files of a window.
 *
 * @param write writes the rows
 * @param files the files to read
 * @param columns the columns of the window's query, as the cluster described them
 */
record UnloadedTask(RowsWrite write, List<UnloadManifest.File> files, List<SourceColumn> columns)
        implements WindowTask {

    /** Returns the text unchanged: this task has no secret. */
    @Override
    public String redact(String text) {
        return text;
    }

    @Override
    public WrittenFiles run(int partition, long attempt) {
        try (UnloadedRows rows = new UnloadedRows(write.lake().io(), files, columns)) {
            return write.write(rows, partition, attempt, Long.MAX_VALUE);
        }
    }
}
