package io.github.redshiftquerylogs.redshift;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a run that no session uses. Not a pool of a library: those hide the driver's errors, from which the
 * texts about certificates, logins and paused clusters are made. Thread-safe.
 */
final class IdleConnections {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConnections.class);

    /** A cluster that is there answers in milliseconds; one that is not must not hold up the run. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Map<Kind, Deque<Connection>> idle = new HashMap<>();

    /**
     * Connections of one kind serve the same sessions.
     *
     * @param url database included
     * @param readOnly whether they only read
     */
    record Kind(String url, boolean readOnly) {}

    /** A connection on which the cluster still answers; those on which it does not are closed. */
    Optional<Connection> take(Kind kind) {
        for (Connection next = poll(kind); next != null; next = poll(kind)) {
            if (answers(next)) {
                return Optional.of(next);
            }
            close(next);
        }
        return Optional.empty();
    }

    private synchronized @Nullable Connection poll(Kind kind) {
        Deque<Connection> connections = idle.get(kind);
        return connections == null ? null : connections.poll();
    }

    private static boolean answers(Connection connection) {
        try {
            return connection.isValid((int) ANSWER_TIMEOUT.toSeconds());
        } catch (SQLException e) {
            LOG.debug("a connection has ended", e);
            return false;
        }
    }

    /** Keeps a connection after its session. Its transaction ends now: the next session must see rows that came since. */
    void keep(Kind kind, Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("a connection has ended", e);
            close(connection);
            return;
        }
        synchronized (this) {
            idle.computeIfAbsent(kind, first -> new ArrayDeque<>()).push(connection);
        }
    }

    /** Closes all of them. */
    synchronized void close() {
        idle.values().forEach(connections -> connections.forEach(IdleConnections::close));
        idle.clear();
    }

    /** Closes a connection that nothing depends on any more. */
    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("cannot close a connection", e);
        }
    }
}
