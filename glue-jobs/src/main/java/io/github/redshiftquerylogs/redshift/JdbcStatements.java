package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;

/** Statements on a connection. */
final class JdbcStatements implements Statements {

    /** The most that clusters of a single node allow. */
    private static final int FETCH_SIZE = 1_000;

    private final Connection connection;
    private final JdbcAddress address;
    private final ErrorHint.Asker asker;
    private final Redaction redaction;

    JdbcStatements(Connection connection, JdbcAddress address, ErrorHint.Asker asker, Redaction redaction) {
        this.connection = connection;
        this.address = address;
        this.asker = asker;
        this.redaction = redaction;
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
    public <T> T query(String sql, Function<SourceRows, T> reader) {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            T result;
            try (ResultSet rows = statement.executeQuery(sql)) {
                result = reader.apply(new JdbcRows(rows, this::refused));
            }
            requireAlive(statement);
            return result;
        } catch (SQLException e) {
            throw recover(refused(e));
        } catch (SourceException e) {
            throw recover(e);
        }
    }

    @Override
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            // as it is: braces in it are no escapes of JDBC
            statement.setEscapeProcessing(false);
            statement.execute(sql);
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

    /** After an error of a statement the transaction is void, the session is not. */
    private SourceException recover(SourceException failure) {
        if (failure.isOfStatement()) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                return failed("cannot go on at " + address, e);
            }
        }
        return failure;
    }

    /**
     * The driver reads ahead in a thread of its own; when the connection breaks there, the rows may just end, as if they
     * were all. Whoever can still be asked has sent them all.
     */
    private static void requireAlive(Statement statement) throws SQLException {
        statement.execute("select 1");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("cannot close the connection to " + address, e);
        }
    }
}
