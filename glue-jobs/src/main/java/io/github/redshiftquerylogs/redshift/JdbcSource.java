package io.github.redshiftquerylogs.redshift;

import com.amazon.redshift.Driver;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster that is reached over JDBC. Safe for use by several threads. */
public final class JdbcSource implements Source {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSource.class);

    /** By which the cluster's own logs and queues tell our queries from others. */
    static final String QUERY_GROUP = "redshift_query_logs";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final JdbcAddress address;
    private final @Nullable SecretCredentials secret;
    private final Duration statementTimeout;
    private volatile DatabaseCredentials credentials;
    private volatile Redaction redaction;

    private JdbcSource(
            JdbcAddress address,
            DatabaseCredentials credentials,
            @Nullable SecretCredentials secret,
            Duration statementTimeout) {
        this.address = address;
        this.credentials = credentials;
        this.redaction = new Redaction(credentials.password());
        this.secret = secret;
        this.statementTimeout = statementTimeout;
    }

    /**
     * With a user and a password that stay the same for a run.
     *
     * @param address where the cluster is
     * @param credentials who connects
     * @param statementTimeout after which the cluster ends a statement
     */
    public static JdbcSource withPassword(
            JdbcAddress address, DatabaseCredentials credentials, Duration statementTimeout) {
        return new JdbcSource(address, credentials, null, statementTimeout);
    }

    /**
     * With a secret, which is read now, and again when the cluster does not let its user in: it may have been rotated in
     * between.
     *
     * @param address where the cluster is
     * @param secret who connects
     * @param statementTimeout after which the cluster ends a statement
     * @throws SourceException if the secret cannot be read
     */
    public static JdbcSource withSecret(JdbcAddress address, SecretCredentials secret, Duration statementTimeout) {
        return new JdbcSource(address, secret.read(), secret, statementTimeout);
    }

    @Override
    public Way way() {
        return Way.JDBC;
    }

    /**
     * Connects, over TLS unless the address says otherwise: that is how the driver does it. The session is in UTC and
     * streams its rows.
     */
    @Override
    public SourceSession open(String purpose) {
        DatabaseCredentials used = credentials;
        try {
            return open(used);
        } catch (SourceException e) {
            if (secret == null || !e.isLoginRefused()) {
                throw e;
            }
            DatabaseCredentials now = secret.read();
            if (now.equals(used)) {
                throw e;
            }
            redaction = new Redaction(List.of(used.password(), now.password()));
            LOG.warn(
                    "{} rejected the login of {}; the secret has changed since it was read, trying again",
                    this,
                    used.user());
            SourceSession session = open(now);
            credentials = now;
            return session;
        }
    }

    @Override
    public String redact(String text) {
        return redaction.clean(text);
    }

    private SourceSession open(DatabaseCredentials used) {
        ErrorHint.Asker asker = new ErrorHint.Asker(
                used.user(), secret == null ? ErrorHint.Access.JDBC : ErrorHint.Access.JDBC_WITH_SECRET);
        try {
            return new SourceSession(
                    new JdbcStatements(connect(used), address, asker, redaction), "host:" + address.location());
        } catch (SQLException e) {
            throw SourceErrors.of("cannot connect to " + address + " as " + used.user(), e, asker, redaction);
        }
    }

    private Connection connect(DatabaseCredentials used) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", used.user());
        properties.setProperty("password", used.password());
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
        // not by DriverManager: the platform may have an older driver of the same name registered
        Connection connection = new Driver().connect(address.url(), properties);
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

    @Override
    public String toString() {
        return address.location();
    }
}
