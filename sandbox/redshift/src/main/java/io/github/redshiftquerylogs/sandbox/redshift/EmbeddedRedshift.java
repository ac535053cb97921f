package io.github.redshiftquerylogs.sandbox.redshift;

import io.github.redshiftquerylogs.sandbox.protocol.StartupFilter;
import io.github.redshiftquerylogs.sandbox.protocol.TlsIdentity;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.sandbox.unload.Unload;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One Redshift cluster's stand-in: an embedded PostgreSQL that the real Redshift driver connects to.
 *
 * <ul>
 *   <li>It has the STL tables of {@link SystemTables}, empty at first, which the user may read and not write.
 *   <li>{@code getdate()} is its own clock, cut to the second as Redshift does. The clock stands still until it is set;
 *       it starts at the time of the machine, UTC.
 *   <li>It authenticates by MD5, so a wrong password fails as on Redshift.
 *   <li>Its user sees the rows of all users until {@link #restrictSyslogAccess}, and {@code svv_user_info} says so.
 *   <li>It unloads to an object store once it has {@linkplain #unloadWith a setup} for that, and refuses UNLOAD until then.
 *   <li>It may be {@linkplain #pause paused}.
 *   <li>It listens on 127.0.0.1 only, on a free port; it speaks TLS once it has {@linkplain #speakTls a certificate}.
 * </ul>
 *
 * <p>Thread-safe. {@link #close} ends its process and removes its data folder, unless it is {@linkplain #recycled recycled}.
 */
public final class EmbeddedRedshift implements AutoCloseable {

    private static final String HOST = PostgresServer.HOST;
    private static final String DATABASE = "dev";

    private final String cluster;
    private final String user;
    private final List<SystemTable> tables;
    private final PostgresServer server;
    private final ServerSupply servers;
    private final DatabaseUsers users;
    private final StartupFilter filter;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Optional<UnloadSetup> unload = Optional.empty();

    private EmbeddedRedshift(
            String cluster, String user, List<SystemTable> tables, PostgresServer server, ServerSupply servers)
            throws IOException {
        this.cluster = cluster;
        this.user = user;
        this.tables = tables;
        this.server = server;
        this.servers = servers;
        this.users = new DatabaseUsers(this);
        SessionUnload unloads = new SessionUnload(this);
        this.filter = StartupFilter.start(server.port(), unloads::run);
    }

    /** Starts a stand-in for a cluster of the {@linkplain Patch#NEWER newer} kind. */
    public static EmbeddedRedshift start(String cluster, String user, String password) {
        return start(cluster, user, password, Patch.NEWER);
    }

    /** Starts a stand-in for a cluster of this patch level. */
    public static EmbeddedRedshift start(String cluster, String user, String password, Patch patch) {
        return start(cluster, user, password, SystemTables.tables(patch));
    }

    /**
     * Starts a stand-in.
     *
     * @param cluster its name, for messages
     * @param user the database user that the exporter signs in as; created, and allowed to read
     * @param password that user's password
     * @param tables its system tables, which include those of {@link SystemTables}
     * @throws IllegalStateException if PostgreSQL does not start or cannot be prepared
     */
    public static EmbeddedRedshift start(String cluster, String user, String password, List<SystemTable> tables) {
        return start(cluster, user, password, tables, ServerSupply.NEW);
    }

    /**
     * As {@link #start}, on a PostgreSQL server that an earlier stand-in of this process has left behind, if there is one.
     * {@link #close} removes databases, users and sessions and leaves the server to the next stand-in; the last one ends
     * with this process. Saves most of the time of a start.
     */
    public static EmbeddedRedshift recycled(String cluster, String user, String password) {
        return recycled(cluster, user, password, Patch.NEWER);
    }

    /** As {@link #recycled(String, String, String)}, with the columns of a patch. */
    public static EmbeddedRedshift recycled(String cluster, String user, String password, Patch patch) {
        return recycled(cluster, user, password, SystemTables.tables(patch));
    }

    /** As {@link #recycled(String, String, String)}, with these system tables. */
    public static EmbeddedRedshift recycled(String cluster, String user, String password, List<SystemTable> tables) {
        return start(cluster, user, password, tables, IdleServers.OF_THIS_PROCESS);
    }

    private static EmbeddedRedshift start(
            String cluster, String user, String password, List<SystemTable> tables, ServerSupply servers) {
        PostgresServer server = null;
        try {
            server = servers.take(cluster);
            new DatabaseSetup(server).run(user, password, tables);
            return new EmbeddedRedshift(cluster, user, tables, server, servers);
        } catch (IOException | SQLException e) {
            IllegalStateException failure = new IllegalStateException("cannot start a stand-in for " + cluster, e);
            if (server != null) {
                try {
                    server.close();
                } catch (IllegalStateException second) {
                    failure.addSuppressed(second);
                }
            }
            throw failure;
        }
    }

    /** The name it was started with. */
    public String cluster() {
        return cluster;
    }

    /** Its system tables, as it shows them. */
    public List<SystemTable> tables() {
        return tables;
    }

    /** Lets clients that ask for it speak TLS, as the driver does unless told otherwise. Until then they are refused it. */
    public void speakTls(TlsIdentity identity) {
        filter.speakTls(identity);
    }

    /** Address for Redshift's driver, without user and password; without TLS. */
    public String jdbcUrl() {
        return "jdbc:redshift://" + HOST + ":" + port() + "/" + DATABASE + "?ssl=false";
    }

    public String host() {
        return HOST;
    }

    /** The port that Redshift's driver connects to. */
    public int port() {
        return filter.port();
    }

    public String database() {
        return DATABASE;
    }

    /**
     * A new connection as superuser by PostgreSQL's own driver, past the filter; the caller closes it.
     *
     * @throws SQLException if it cannot be opened
     */
    public Connection admin() throws SQLException {
        return server.admin(DATABASE);
    }

    /**
     * A new session of a user who gives a password, as the Data API opens it; the caller closes it.
     *
     * @throws SQLException if the database refuses, with the text and SQLSTATE that it gives
     */
    public DatabaseSession open(String database, String name, String password) throws SQLException {
        return new DatabaseSession(this, server.connect(database, name, password), name);
    }

    /**
     * A new session of a user without a password, for whom someone else vouches, as IAM does; the caller closes it.
     *
     * @throws SQLException if there is no such user or database
     */
    public DatabaseSession openAs(String database, String name) throws SQLException {
        return new DatabaseSession(this, connectAs(name, database), name);
    }

    Connection connectAs(String name, String database) throws SQLException {
        Connection connection = server.admin(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session authorization " + DatabaseSetup.identifier(name));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * What its clock shows, UTC, in microseconds; {@code getdate()} is this, cut to the second.
     *
     * @throws IllegalStateException if it cannot be read
     */
    public LocalDateTime now() {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select now from sandbox_clock")) {
            result.next();
            return result.getObject(1, LocalDateTime.class);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the clock of " + cluster, e);
        }
    }

    /**
     * Sets its clock. Whoever writes rows moves the clock within the same transaction instead: {@link #setClock(Connection,
     * LocalDateTime)}.
     *
     * @throws IllegalStateException if it cannot be set
     */
    public void setClock(LocalDateTime now) {
        try (Connection connection = admin()) {
            setClock(connection, now);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot set the clock of " + cluster, e);
        }
    }

    /** Sets the clock on a connection of {@link #admin}, as part of the transaction that is open there. */
    public static void setClock(Connection admin, LocalDateTime now) throws SQLException {
        try (PreparedStatement update = admin.prepareStatement("update sandbox_clock set now = ?")) {
            update.setObject(1, now);
            update.executeUpdate();
        }
    }

    /**
     * From now on it unloads, over JDBC and {@link DatabaseSession} alike. Without a setup no role is associated with the
     * cluster, and each UNLOAD is refused.
     */
    public void unloadWith(UnloadSetup setup) {
        unload = Optional.of(setup);
    }

    Unload unload() {
        return new Unload(cluster, unload);
    }

    /** The cluster is paused: its connections end, and new ones are refused. Its data stays. */
    public void pause() {
        try {
            filter.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pause " + cluster, e);
        }
    }

    /** Whether it is paused. */
    public boolean isPaused() {
        return !filter.isListening();
    }

    /**
     * Ends a {@linkplain #pause pause}; host and port are as before.
     *
     * @throws UncheckedIOException if something else has taken the port
     */
    public void resume() {
        try {
            filter.reopen();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resume " + cluster, e);
        }
    }

    /** Its users: the one that it was started with, and others. */
    public DatabaseUsers users() {
        return users;
    }

    /**
     * {@code ALTER USER … SYSLOG ACCESS RESTRICTED}: from now on its user sees rows of its own statements only, which are
     * none, and no error.
     *
     * @throws IllegalStateException if it cannot be done
     */
    public void restrictSyslogAccess() {
        users.setSyslogAccess(user, false);
    }

    /**
     * {@code GRANT ROLE}: {@code svv_user_grants} has it from now on; with {@code sys:monitor} its user sees the rows of
     * all users.
     *
     * @throws IllegalStateException if it cannot be done
     */
    public void grantRole(String role) {
        users.grantRole(user, role);
    }

    /** Where PostgreSQL keeps its data until {@link #close}. */
    public Path folder() {
        return server.folder();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            filter.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop the stand-in for " + cluster, e);
        } finally {
            servers.giveBack(server);
        }
    }

    @Override
    public String toString() {
        return "EmbeddedRedshift[" + cluster + " at " + HOST + ":" + port() + "]";
    }
}
