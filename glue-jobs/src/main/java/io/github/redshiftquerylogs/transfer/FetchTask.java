package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;

/**
 * Fetches the rows of a window from its cluster.
 *
 * @param write writes the rows
 * @param source the cluster
 * @param purpose identifies the session within the run; see {@link Source#open}
 * @param sql the query of the window
 * @param maxRows the task fails with {@link TooManyRowsException} if the window has more rows
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
