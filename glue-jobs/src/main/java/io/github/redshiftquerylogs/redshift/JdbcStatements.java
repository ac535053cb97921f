package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs statements on a JDBC connection. */
final class JdbcStatements implements Statements {

    /** The maximum that single-node clusters allow. */
    private static final int FETCH_SIZE = 1_000;

    private final Connection connection;
    private final StatementName name;
    private final JdbcAddress address;
    private final ErrorHint.Asker asker;
    private final Redaction redaction;
    private final Consumer<Connection> keep;
    /** Whether the last statement ended as it should, so that the connection can be used again. */
    private boolean sound = true;

    /** @param keep takes the connection at the end of the session, unless it may be broken */
    JdbcStatements(
            Connection connection,
            StatementName name,
            JdbcAddress address,
            ErrorHint.Asker asker,
            Redaction redaction,
            Consumer<Connection> keep) {
        this.connection = connection;
        this.name = name;
        this.address = address;
        this.asker = asker;
        this.redaction = redaction;
        this.keep = keep;
    }

    @Override
    public String location() {
        return address.location();
    }

    @Override
    public String user() {
        return asker.user();
    }

    @Override
    public Remedy remedy() {
        return asker.remedy();
    }

    @Override
    public <T> T query(String sql, Function<SourceRows, T> reader) {
        sound = false;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            T result;
            try (ResultSet rows = statement.executeQuery(name.before(sql))) {
                result = reader.apply(new JdbcRows(rows, this::refused));
            }
            requireAlive(statement);
            sound = true;
            return result;
        } catch (SQLException e) {
            throw recover(refused(e));
        } catch (SourceException e) {
            throw recover(e);
        }
    }

    @Override
    public void execute(String sql) {
        sound = false;
        try (Statement statement = connection.createStatement()) {
            // braces in the SQL are not JDBC escapes
            statement.setEscapeProcessing(false);
            statement.execute(name.before(sql));
            sound = true;
        } catch (SQLException e) {
            throw recover(refused(e));
        }
    }

    private SourceException refused(SQLException cause) {
        return failed("query refused by " + address, cause);
    }

    private SourceException failed(String doing, SQLException cause) {
        return SourceErrors.of(doing, cause, asker, redaction);
    }

    /** Rolls back after a statement's error, so that the session stays usable. */
    private SourceException recover(SourceException failure) {
        if (failure.isOfStatement()) {
            try {
                connection.rollback();
                sound = true;
            } catch (SQLException e) {
                return failed("cannot roll back at " + address, e);
            }
        }
        return failure;
    }

    /**
     * Checks the connection after the last row. The driver reads ahead in a thread of its own; if the connection breaks
     * there, the rows may end as if they were complete. A connection that still works has delivered all of them. The answer is
     * read, because the driver opens a connection to cancel a statement that is closed with rows left.
     */
    private static void requireAlive(Statement statement) throws SQLException {
        try (ResultSet answer = statement.executeQuery("select 1")) {
            while (answer.next()) {}
        }
    }

    @Override
    public void close() {
        if (sound) {
            keep.accept(connection);
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("cannot close the connection to " + address, e);
        }
    }
}
