package io.github.redshiftquerylogs.sandbox.protocol;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filter's view of a client's session: its user, its database, and the statement that the filter runs for it, if any.
 * A request to cancel goes to PostgreSQL and to that statement.
 */
public final class FilteredSession {

    private static final Logger LOG = LoggerFactory.getLogger(FilteredSession.class);

    private static final Pattern STATEMENT_TIMEOUT = Pattern.compile(
            "\\s*(?:set|reset)\\s+(?:session\\s+)?statement_timeout\\b[^;]*;?\\s*", Pattern.CASE_INSENSITIVE);

    private final String user;
    private final String database;
    private @Nullable Statement running;
    private volatile boolean signedIn;
    private volatile Optional<String> statementTimeout = Optional.empty();

    FilteredSession(String user, String database) {
        this.user = user;
        this.database = database;
    }

    public String user() {
        return user;
    }

    public String database() {
        return database;
    }

    /** Records that PostgreSQL has accepted the client. */
    void signedIn() {
        signedIn = true;
    }

    boolean isSignedIn() {
        return signedIn;
    }

    /** Records a statement that PostgreSQL runs, for {@link #statementTimeout}. */
    void passes(String statement) {
        if (STATEMENT_TIMEOUT.matcher(statement).matches()) {
            statementTimeout = Optional.of(statement);
        }
    }

    /** The last statement that has set the session's {@code statement_timeout}. */
    public Optional<String> statementTimeout() {
        return statementTimeout;
    }

    public synchronized void runs(@Nullable Statement statement) {
        running = statement;
    }

    synchronized void cancel() {
        if (running == null) {
            return;
        }
        try {
            running.cancel();
        } catch (SQLException e) {
            LOG.debug("cannot cancel", e);
        }
    }
}
