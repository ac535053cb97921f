package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.redshift.DatabaseSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One SQL statement of a {@link DataStatement}, which has several in a batch. One thread runs it, others read it. */
final class SubStatement {

    private final String id;
    private final String sql;

    private DataStatement.Status status = DataStatement.Status.SUBMITTED;
    private @Nullable String error;
    private @Nullable StatementResult result;
    private long changedRows = -1;

    SubStatement(String id, String sql) {
        this.id = id;
        this.sql = sql;
    }

    /** @param resultBytes the greatest size of a result */
    void run(DatabaseSession session, long resultBytes) throws SQLException {
        synchronized (this) {
            status = DataStatement.Status.STARTED;
        }
        try {
            Optional<ResultSet> rows = session.execute(sql);
            StatementResult read = rows.isPresent() ? StatementResult.read(rows.get(), resultBytes) : null;
            long changed = read == null ? session.changedRows() : read.records().size();
            synchronized (this) {
                result = read;
                changedRows = changed;
                status = DataStatement.Status.FINISHED;
            }
        } catch (SQLException e) {
            synchronized (this) {
                error = DatabaseSession.textOf(e);
                status = DataStatement.Status.FAILED;
            }
            throw e;
        }
    }

    /** Ends a statement that did not get to run, or was cancelled. */
    synchronized void abort() {
        if (!status.isEnd()) {
            status = DataStatement.Status.ABORTED;
        }
    }

    String sql() {
        return sql;
    }

    synchronized Optional<StatementResult> result() {
        return Optional.ofNullable(result);
    }

    /** Adds what {@code DescribeStatement} says of the result. */
    synchronized void describeResult(ObjectNode document) {
        document.put("HasResultSet", result != null)
                .put("ResultRows", changedRows)
                .put("ResultSize", result == null ? 0 : result.bytes());
    }

    /** The entry of {@code SubStatements}. */
    synchronized ObjectNode describe() {
        ObjectNode document =
                Json.object().put("Id", id).put("QueryString", sql).put("Status", status.name());
        describeResult(document);
        if (error != null) {
            document.put("Error", error);
        }
        return document;
    }
}
