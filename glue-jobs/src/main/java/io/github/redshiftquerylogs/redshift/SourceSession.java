package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session at a cluster. Not for several threads. */
public final class SourceSession implements AutoCloseable {

    /** The most that clusters of a single node allow. */
    private static final int FETCH_SIZE = 1_000;

    private static final String NO_SUCH_COLUMN = "42703";

    private static final String USER = "select info.superuser, info.syslog_access, grants.role_name from svv_user_info"
            + " info left join svv_user_grants grants on grants.user_id = info.user_id"
            + " where info.user_name = current_user";

    private final Connection connection;
    private final JdbcAddress address;
    private final String user;
    private final Redaction redaction;

    SourceSession(Connection connection, JdbcAddress address, String user, Redaction redaction) {
        this.connection = connection;
        this.address = address;
        this.user = user;
        this.redaction = redaction;
    }

    /** The cluster's clock, UTC, in seconds. https://docs.aws.amazon.com/redshift/latest/dg/r_GETDATE.html */
    public LocalDateTime clock() {
        return time("select getdate()").orElseThrow(() -> new IllegalStateException(address + " has no time of day"));
    }

    /**
     * What tells this cluster from another one that has its name: its namespace, or its host where it has none.
     * https://docs.aws.amazon.com/redshift/latest/dg/r_CURRENT_NAMESPACE.html
     */
    public String identity() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_namespace")) {
            rows.next();
            @Nullable String namespace = rows.getString(1);
            return namespace == null ? host() : "namespace:" + namespace;
        } catch (SQLException e) {
            // only a source that knows no namespaces: a passing error must not change the identity
            if (!NO_SUCH_COLUMN.equals(e.getSQLState())) {
                throw failed("cannot ask " + address + " for its namespace", e);
            }
            rollback();
            return host();
        }
    }

    /**
     * Whose rows the user sees in system tables, as the cluster says.
     * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_INFO.html,
     * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_GRANTS.html
     */
    public SyslogAccess syslogAccess() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(USER)) {
            List<SyslogAccess.Row> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new SyslogAccess.Row(rows.getBoolean(1), rows.getString(2), rows.getString(3)));
            }
            return SyslogAccess.of(user, found);
        } catch (SQLException e) {
            SourceException failure = failed("cannot ask " + address + " for the rights of " + user, e);
            // a source without these views, or that does not show them; a passing error is none of these
            if (!failure.isRefusal()) {
                throw failure;
            }
            rollback();
            return SyslogAccess.unknown(
                    user,
                    redaction
                            .clean(String.valueOf(e.getMessage()))
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
    }

    private SourceException failed(String doing, SQLException cause) {
        return SourceException.of(doing, cause, user, redaction);
    }

    private String host() {
        return "host:" + address.location();
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw failed("cannot go on at " + address, e);
        }
    }

    /** A single time; empty if the query gives null. */
    public Optional<LocalDateTime> time(String sql) {
        return query(sql, rows -> {
            rows.next();
            return Optional.ofNullable(rows.getObject(1, LocalDateTime.class));
        });
    }

    /** The columns that a query gives, in its order. */
    public List<SourceColumn> columns(String sql) {
        return query(sql, SourceSession::describe);
    }

    /** The columns of a result, in its order. */
    static List<SourceColumn> describe(ResultSet rows) throws SQLException {
        ResultSetMetaData metadata = rows.getMetaData();
        List<SourceColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            String name = metadata.getColumnLabel(i).toLowerCase(Locale.ROOT);
            int type = metadata.getColumnType(i);
            columns.add(new SourceColumn(name, ColumnType.ofSource(type), type == Types.CHAR));
        }
        return columns;
    }

    /** Reads rows one by one; see {@link SourceRows}. */
    public <T> T rows(String sql, RowsReader<T> reader) {
        return query(sql, rows -> reader.read(new SourceRows(rows, describe(rows))));
    }

    /**
     * What is done with rows while they arrive.
     *
     * @param <T> what comes out of it
     */
    @FunctionalInterface
    public interface RowsReader<T> {
        /** Reads them all. */
        T read(SourceRows rows) throws SQLException;
    }

    @FunctionalInterface
    private interface ResultReader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T query(String sql, ResultReader<T> reader) {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            T result;
            try (ResultSet rows = statement.executeQuery(sql)) {
                result = reader.read(rows);
            }
            requireAlive(statement);
            return result;
        } catch (SQLException e) {
            SourceException failure = failed("query refused by " + address, e);
            if (failure.isRefusal()) {
                // the transaction is void, the session is not
                rollback();
            }
            throw failure;
        }
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

    /** A value of the current row; the lake's kind of value for a type that holds it. */
    static @Nullable Object value(ResultSet rows, int index, ColumnType type) throws SQLException {
        @Nullable Object value = switch (type) {
            case INTEGER -> rows.getInt(index);
            case BIGINT -> rows.getLong(index);
            case DOUBLE -> rows.getDouble(index);
            case BOOLEAN -> rows.getBoolean(index);
            case DATE -> rows.getObject(index, LocalDate.class);
            case TIMESTAMP -> rows.getObject(index, LocalDateTime.class);
            case STRING -> rows.getString(index);
        };
        return rows.wasNull() ? null : value;
    }
}
