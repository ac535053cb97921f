package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;

/**
 * Reads a window from its cluster.
 *
 * @param write what becomes of the rows
 * @param source the cluster
 * @param purpose of the session
 * @param sql the query of the window
 * @param maxRows rows that are fetched; a window with more is none for this task ({@link TooManyRowsException})
 */
record FetchTask(RowsWrite write, Source source, String purpose, String sql, long maxRows) implements WindowTask {

    @Override
    public String redact(String text) {
        return source.redact(text);
    }

    @Override
    public WrittenFiles run(int partition, long attempt) {
        try (SourceSession session = source.open(purpose)) {
            return session.rows(sql, rows -> write.write(rows, partition, attempt, maxRows));
        }
    }
}
