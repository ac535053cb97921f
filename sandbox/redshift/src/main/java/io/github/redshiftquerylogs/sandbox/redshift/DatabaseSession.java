package io.github.redshiftquerylogs.sandbox.redshift;

import io.github.redshiftquerylogs.sandbox.protocol.QueryGroup;
import io.github.redshiftquerylogs.sandbox.unload.ParsedUnload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A session for one statement, UNLOAD included, as the Data API opens it. One thread executes; any thread may {@link
 * #cancel}.
 */
public final class DatabaseSession implements AutoCloseable {

    private static final int FETCH_SIZE = 1_000;

    private final EmbeddedRedshift redshift;
    private final Connection connection;
    private final String user;
    private final Statement statement;
    private volatile Statement running;

    DatabaseSession(EmbeddedRedshift redshift, Connection connection, String user) throws SQLException {
        this.redshift = redshift;
        this.connection = connection;
        this.user = user;
        connection.setAutoCommit(false);
        statement = connection.createStatement();
        statement.setFetchSize(FETCH_SIZE);
        running = statement;
    }

    /**
     * Executes a statement. Its changes take effect with {@link #commit}.
     *
     * @return its rows, to be read before the session is closed; empty if the statement has no result
     * @throws SQLException if the statement fails
     */
    public Optional<ResultSet> execute(String sql) throws SQLException {
        if (ParsedUnload.isUnload(sql)) {
            redshift.unload().run(connection, user, ParsedUnload.parse(sql), started -> running = started);
            return Optional.empty();
        }
        boolean hasRows = statement.execute(QueryGroup.translate(sql).orElse(sql));
        return hasRows ? Optional.of(statement.getResultSet()) : Optional.empty();
    }

    /** The number of rows that the statement has changed; -1 if it does not change rows. */
    public long changedRows() throws SQLException {
        return statement.getLargeUpdateCount();
    }

    /** Commits the changes of the statement. */
    public void commit() throws SQLException {
        connection.commit();
    }

    /** The id of the server process of this session. */
    public int processId() throws SQLException {
        try (Statement asking = connection.createStatement();
                ResultSet row = asking.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Cancels the running statement, if any. */
    public void cancel() throws SQLException {
        running.cancel();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** The database's own text of an exception, which begins with its severity, without the additions of the driver. */
    public static String textOf(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String severity = message == null || message.getSeverity() == null ? "ERROR" : message.getSeverity();
        return severity + ": " + SessionUnload.text(e);
    }
}
