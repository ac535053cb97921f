package io.github.redshiftquerylogs.redshift;

import com.amazon.redshift.Driver;
import io.github.redshiftquerylogs.cluster.DatabaseCredentials;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to connect to a cluster; Spark tasks get a copy.
 *
 * @param address where the cluster is
 * @param credentials who connects
 * @param statementTimeout after which the cluster ends a statement
 */
public record SourceLogin(JdbcAddress address, DatabaseCredentials credentials, Duration statementTimeout)
        implements Serializable {

    /** By which the cluster's own logs and queues tell our queries from others. */
    private static final String QUERY_GROUP = "redshift_query_logs";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Connects. The session is in UTC and streams its rows.
     *
     * @throws SourceException if the cluster cannot be reached or refuses
     */
    public SourceSession open() {
        Redaction redaction = new Redaction(credentials.password());
        try {
            return new SourceSession(connect(), address, credentials.user(), redaction);
        } catch (SQLException e) {
            throw SourceException.of(
                    "cannot connect to " + address + " as " + credentials.user(), e, credentials.user(), redaction);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", credentials.user());
        properties.setProperty("password", credentials.password());
        properties.setProperty("queryGroup", QUERY_GROUP);
        properties.setProperty("ApplicationName", QUERY_GROUP);
        properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        // a cluster that has gone without a word: longer than any statement may take
        properties.setProperty(
                "socketTimeout",
                Long.toString(statementTimeout.plus(CONNECT_TIMEOUT).toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        // the driver reads ahead, up to a gigabyte unless told otherwise; a fetch size alone does not hold it back
        properties.setProperty("fetchRingBufferSize", "32M");
        if (!address.url().toLowerCase(Locale.ROOT).contains("ssl")) {
            properties.setProperty("ssl", "true");
        }
        // not by DriverManager: the platform may have an older driver of the same name registered
        @Nullable Connection connection = new Driver().connect(address.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not accept the URL");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timezone TO 'UTC'");
            statement.execute("SET statement_timeout TO " + statementTimeout.toMillis());
            // without a transaction the driver reads all rows into memory
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }
}
