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
 * A new session at a stand-in in which one statement is run, UNLOAD included, as the Data API does. Its time zone is UTC.
 * One thread runs, any thread may {@link #cancel}.
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
     * Runs a statement. What it changed counts after {@link #commit}.
     *
     * @return its rows, if it is one that has rows; to be read before the session is closed
     * @throws SQLException if the database refuses
     */
    public Optional<ResultSet> execute(String sql) throws SQLException {
        if (ParsedUnload.isUnload(sql)) {
            redshift.unload().run(connection, user, ParsedUnload.parse(sql), started -> running = started);
            return Optional.empty();
        }
        boolean hasRows = statement.execute(QueryGroup.translate(sql).orElse(sql));
        return hasRows ? Optional.of(statement.getResultSet()) : Optional.empty();
    }

    /** How many rows the statement has changed; -1 if it is not one that changes rows. */
    public long changedRows() throws SQLException {
        return statement.getLargeUpdateCount();
    }

    /** Makes lasting what the statement has changed. */
    public void commit() throws SQLException {
        connection.commit();
    }

    /** The process that serves it. */
    public int processId() throws SQLException {
        try (Statement asking = connection.createStatement();
                ResultSet row = asking.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Ends the statement that is being run, if any. */
    public void cancel() throws SQLException {
        running.cancel();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** What the database says in an exception, its severity first, without what its driver adds. */
    public static String textOf(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String severity = message == null || message.getSeverity() == null ? "ERROR" : message.getSeverity();
        return severity + ": " + SessionUnload.text(e);
    }
}
