package io.github.redshiftquerylogs.redshift;

import com.amazon.redshift.Driver;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster that is reached over JDBC. Safe for use by several threads. A session uses the connection of one that has ended, if
 * there is one: a login costs the cluster more than most questions of a run. A copy in another process keeps no connections.
 */
public final class JdbcSource implements Source {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSource.class);

    /** Runs are five minutes apart at least. */
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(1);

    private static final Duration QUESTION_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final StatementName name;
    private final JdbcAddress address;
    private final @Nullable SecretCredentials secret;
    private final Duration statementTimeout;
    private final boolean readOnly;
    private final transient @Nullable IdleConnections idle;
    private volatile DatabaseCredentials credentials;
    private volatile Redaction redaction;

    private JdbcSource(
            StatementName name,
            JdbcAddress address,
            DatabaseCredentials credentials,
            @Nullable SecretCredentials secret,
            Duration statementTimeout,
            boolean readOnly,
            @Nullable IdleConnections idle) {
        this.name = name;
        this.address = address;
        this.credentials = credentials;
        this.redaction = new Redaction(credentials.password());
        this.secret = secret;
        this.statementTimeout = statementTimeout;
        this.readOnly = readOnly;
        this.idle = idle;
    }

    /**
     * A source with a user and a password that do not change during a run.
     *
     * @param name the name of the run's statements
     * @param address the address of the cluster
     * @param credentials user and password
     * @param statementTimeout the cluster cancels a statement after this time
     */
    public static JdbcSource withPassword(
            StatementName name, JdbcAddress address, DatabaseCredentials credentials, Duration statementTimeout) {
        return new JdbcSource(name, address, credentials, null, statementTimeout, false, new IdleConnections());
    }

    /**
     * A source with a secret, which is read now, and again when the cluster rejects the login: it may have been
     * rotated.
     *
     * @param name the name of the run's statements
     * @param address the address of the cluster
     * @param secret contains user and password
     * @param statementTimeout the cluster cancels a statement after this time
     * @throws SourceException if the secret cannot be read
     */
    public static JdbcSource withSecret(
            StatementName name, JdbcAddress address, SecretCredentials secret, Duration statementTimeout) {
        return new JdbcSource(name, address, secret.read(), secret, statementTimeout, false, new IdleConnections());
    }

    @Override
    public Source inDatabase(String database) {
        return like(address.inDatabase(database), readOnly);
    }

    @Override
    public Source readOnly() {
        return like(address, true);
    }

    private JdbcSource like(JdbcAddress otherAddress, boolean othersReadOnly) {
        JdbcSource other =
                new JdbcSource(name, otherAddress, credentials, secret, statementTimeout, othersReadOnly, idle);
        other.redaction = redaction;
        return other;
    }

    @Override
    public Way way() {
        return Way.JDBC;
    }

    /** Connects, with TLS and a check of the certificate unless the address weakens them. The session is in UTC and streams rows. */
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
    public Optional<String> region() {
        return address.region();
    }

    @Override
    public boolean serverless() {
        return address.isServerless();
    }

    /**
     * Ends what a run that died has left running: its UNLOAD would go on beside this run. Failing to do so is no failure of
     * this run, because the database ends these statements at their timeout.
     */
    @Override
    public List<String> begin() {
        List<String> notes = new ArrayList<>();
        TlsMode tls = address.options().tls();
        tls.weakness()
                .map(weakness -> "the URL of the Glue connection to " + address + " sets " + tls.option() + "="
                        + tls.value() + ": " + weakness + "; expected sslmode=verify-full, the default")
                .ifPresent(notes::add);
        // Serverless has no STV tables
        if (!address.isServerless()) {
            try (SourceSession session = open("abandoned")) {
                // until the rollback at the end of the session:
                // https://docs.aws.amazon.com/redshift/latest/dg/r_SET.html
                session.execute(timeout(impatient()));
                notes.addAll(new AbandonedSessions(session, name, address.location(), ABANDONED_AFTER).end());
            }
        }
        return notes;
    }

    /** The timeout of a question that nothing depends on: it must not use up the time of the run. */
    private Duration impatient() {
        return statementTimeout.compareTo(QUESTION_TIMEOUT) < 0 ? statementTimeout : QUESTION_TIMEOUT;
    }

    private static String timeout(Duration timeout) {
        return "SET statement_timeout TO " + timeout.toMillis();
    }

    @Override
    public void end() {
        if (idle != null) {
            idle.close();
        }
    }

    @Override
    public String redact(String text) {
        return redaction.clean(text);
    }

    private SourceSession open(DatabaseCredentials used) {
        ErrorHint.Asker asker = new ErrorHint.Asker(
                used.user(),
                secret == null ? ErrorHint.Access.JDBC : ErrorHint.Access.JDBC_WITH_SECRET,
                new Remedy(used.user(), address.isServerless()));
        IdleConnections.Kind kind = new IdleConnections.Kind(address.urlWithoutOptions(), readOnly);
        try {
            Optional<Connection> left = idle == null ? Optional.empty() : idle.take(kind);
            Connection connection = left.isPresent() ? left.get() : connect(used);
            return new SourceSession(
                    new JdbcStatements(connection, name, address, asker, redaction, ended -> keep(kind, ended)),
                    "host:" + address.location());
        } catch (SQLException e) {
            String doing = "cannot connect to " + address + " as " + used.user();
            throw TlsFailure.of(e, address.host())
                    .map(reason -> SourceErrors.ofTls(doing, e, reason, redaction))
                    .orElseGet(() -> SourceErrors.of(doing, e, asker, redaction));
        }
    }

    private void keep(IdleConnections.Kind kind, Connection connection) {
        if (idle == null) {
            IdleConnections.close(connection);
        } else {
            idle.keep(kind, connection);
        }
    }

    private Connection connect(DatabaseCredentials used) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", used.user());
        properties.setProperty("password", used.password());
        // names in lower case, like those of the address's options, which replace them
        properties.setProperty("querygroup", StatementName.QUERY_GROUP);
        properties.setProperty("applicationname", StatementName.QUERY_GROUP);
        properties.setProperty("connecttimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        // detects a cluster that disappeared silently; longer than any statement may take
        properties.setProperty(
                "sockettimeout",
                Long.toString(statementTimeout.plus(CONNECT_TIMEOUT).toSeconds()));
        properties.setProperty("tcpkeepalive", "true");
        // the driver reads ahead up to a gigabyte by default, whatever the fetch size is
        properties.setProperty("fetchringbuffersize", "32M");
        JdbcOptions options = address.options();
        options.values().forEach(properties::setProperty);
        properties.setProperty(options.tls().option(), options.tls().value());
        // not DriverManager: the platform may have registered an older driver of the same name
        Connection connection = new Driver().connect(address.urlWithoutOptions(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not accept the URL");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timezone TO 'UTC'");
            statement.execute(timeout(statementTimeout));
            // without a transaction the driver reads all rows into memory
            connection.setAutoCommit(false);
            if (readOnly) {
                // the driver begins each transaction with BEGIN READ ONLY:
                // https://docs.aws.amazon.com/redshift/latest/dg/r_BEGIN.html
                connection.setReadOnly(true);
            }
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
