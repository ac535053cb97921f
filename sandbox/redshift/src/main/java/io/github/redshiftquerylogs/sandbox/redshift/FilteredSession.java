package io.github.redshiftquerylogs.sandbox.redshift;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's session, as the filter knows it: who it is, and what the filter itself is doing for it. A request to cancel
 * concerns both PostgreSQL and that.
 */
final class FilteredSession {

    private static final Logger LOG = LoggerFactory.getLogger(FilteredSession.class);

    private final String user;
    private final String database;
    private @Nullable Statement running;
    private volatile boolean signedIn;

    FilteredSession(String user, String database) {
        this.user = user;
        this.database = database;
    }

    String user() {
        return user;
    }

    String database() {
        return database;
    }

    /** PostgreSQL has let the client in. */
    void signedIn() {
        signedIn = true;
    }

    boolean isSignedIn() {
        return signedIn;
    }

    synchronized void runs(@Nullable Statement statement) {
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
