package io.github.redshiftquerylogs.sandbox.redshift;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * The superuser's sessions at a server, used again after they were closed: PostgreSQL starts a process for each new one, which
 * costs more than most of the statements here. A session begins without settings, temporary tables and prepared statements of
 * earlier ones. Thread-safe.
 */
final class SuperuserSessions {

    private final PGConnectionPoolDataSource server;
    private final Map<String, Deque<PooledConnection>> idle = new HashMap<>();

    SuperuserSessions(String host, int port, String user, String password) {
        server = new PGConnectionPoolDataSource();
        server.setServerNames(new String[] {host});
        server.setPortNumbers(new int[] {port});
        server.setUser(user);
        server.setPassword(password);
        server.setApplicationName("stand-in");
    }

    /** Opens a session; the caller closes it. */
    Connection open(String database) throws SQLException {
        for (PooledConnection next = poll(database); next != null; next = poll(database)) {
            try {
                Connection session = next.getConnection();
                try (Statement statement = session.createStatement()) {
                    // also ends SET SESSION AUTHORIZATION
                    statement.execute("discard all");
                }
                return session;
            } catch (SQLException e) {
                // the server has ended it
                next.close();
            }
        }
        return connect(database);
    }

    /** Opens a session whose server process has not seen the catalogs of the database yet; the caller closes it. */
    synchronized Connection connect(String database) throws SQLException {
        server.setDatabaseName(database);
        PooledConnection opened = server.getPooledConnection();
        opened.addConnectionEventListener(new Listener(database));
        return opened.getConnection();
    }

    private synchronized @Nullable PooledConnection poll(String database) {
        Deque<PooledConnection> sessions = idle.get(database);
        return sessions == null ? null : sessions.poll();
    }

    /** Ends the sessions that were closed, in all databases but one. */
    synchronized void endAllBut(String database) throws SQLException {
        for (Map.Entry<String, Deque<PooledConnection>> sessions : idle.entrySet()) {
            if (!sessions.getKey().equals(database)) {
                for (PooledConnection session : sessions.getValue()) {
                    session.close();
                }
                sessions.getValue().clear();
            }
        }
    }

    private final class Listener implements ConnectionEventListener {

        private final String database;

        Listener(String database) {
            this.database = database;
        }

        @Override
        public void connectionClosed(ConnectionEvent event) {
            synchronized (SuperuserSessions.this) {
                idle.computeIfAbsent(database, first -> new ArrayDeque<>()).push((PooledConnection) event.getSource());
            }
        }

        /** The session is closed once it is taken again. */
        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {}
    }
}
