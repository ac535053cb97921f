package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.unload.UnloadManifest;
import java.util.List;

/**
 * Reads a part of what was unloaded of a window.
 *
 * @param write what becomes of the rows
 * @param files the part
 * @param columns of the window's query, as the cluster described them
 */
record UnloadedTask(RowsWrite write, List<UnloadManifest.File> files, List<SourceColumn> columns)
        implements WindowTask {

    /** The text as it is: the task knows no secret. */
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
