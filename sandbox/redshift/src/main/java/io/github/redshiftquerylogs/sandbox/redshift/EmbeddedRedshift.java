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
 * The stand-in for one Redshift cluster: an embedded PostgreSQL server that the real Redshift driver connects to.
 *
 * <ul>
 *   <li>It has the STL tables of {@link SystemTables}, empty at first, which the user may read but not write. A stand-in
 *       that is given {@link SystemTables#serverless} is a Serverless workgroup: it has SYS views and no STL table.
 *   <li>{@code getdate()} returns its own clock in the time zone of the session, truncated to seconds as in Redshift. The clock
 *       starts at the time of
 *       the machine (UTC) and stands still until it is set.
 *   <li>It authenticates with MD5, so a wrong password fails as in Redshift.
 *   <li>Its user sees the rows of all users until {@link #restrictSyslogAccess}, and {@code svv_user_info} says so.
 *   <li>It refuses UNLOAD until it has {@linkplain #unloadWith a setup} for it.
 *   <li>It can be {@linkplain #pause paused}.
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
        this.filter = StartupFilter.start(server.port(), server::account, unloads::run);
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
     * @param user the database user of the export; created, with the right to read
     * @param password that user's password
     * @param tables its system tables, as {@link SystemTables} has them, and others if need be
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

    /** The name of the cluster. */
    public String cluster() {
        return cluster;
    }

    /** The system tables with their columns. */
    public List<SystemTable> tables() {
        return tables;
    }

    /** Accepts TLS, which the driver requests by default; without this call it is refused. */
    public void speakTls(TlsIdentity identity) {
        filter.speakTls(identity);
    }

    /** The URL for Redshift's driver, without TLS, user and password. */
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
     * Opens a connection of the superuser with PostgreSQL's own driver, bypassing the filter; the caller closes it.
     *
     * @throws SQLException if it cannot be opened
     */
    public Connection admin() throws SQLException {
        return server.admin(DATABASE);
    }

    /** As {@link #admin}, to a database of the cluster, in a session whose process has not seen its catalogs yet. */
    public Connection newAdmin(String database) throws SQLException {
        return server.newAdmin(database);
    }

    /**
     * Opens a session with user and password, as the Data API does; the caller closes it.
     *
     * @throws SQLException if the database refuses, with its text and SQLSTATE
     */
    public DatabaseSession open(String database, String name, String password) throws SQLException {
        if (server.account(name, database)
                .filter(account -> account.hasPassword(name, password))
                .isPresent()) {
            return openAs(database, name);
        }
        Connection connection = server.connect(database, name, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute(DatabaseUsers.applyDefaults(name));
            return new DatabaseSession(this, connection, name);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens a session without a password, as the Data API does with temporary credentials; the caller closes it.
     *
     * @throws SQLException if there is no such user or database
     */
    public DatabaseSession openAs(String database, String name) throws SQLException {
        return new DatabaseSession(this, connectAs(name, database), name);
    }

    Connection connectAs(String name, String database) throws SQLException {
        Connection connection = server.admin(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session authorization " + DatabaseSetup.identifier(name) + "; "
                    + DatabaseUsers.applyDefaults(name));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The time of its clock (UTC, microseconds); {@code getdate()} returns it truncated to seconds.
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
     * Sets its clock. Code that writes rows sets the clock in the same transaction instead, by {@link
     * #setClock(Connection, LocalDateTime)}.
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

    /** Sets the clock within the open transaction of a connection of {@link #admin}. */
    public static void setClock(Connection admin, LocalDateTime now) throws SQLException {
        try (PreparedStatement update = admin.prepareStatement("update sandbox_clock set now = ?")) {
            update.setObject(1, now);
            update.executeUpdate();
        }
    }

    /**
     * Enables UNLOAD, over JDBC and in a {@link DatabaseSession}. Without a setup the cluster has no role, and each UNLOAD
     * is refused.
     */
    public void unloadWith(UnloadSetup setup) {
        unload = Optional.of(setup);
    }

    Unload unload() {
        return new Unload(cluster, unload);
    }

    /** From now on the server process of a session over JDBC ends with it, instead of waiting for the next session. */
    public void endSessions() {
        filter.endSessions();
    }

    /** Pauses the cluster: connections are closed, new ones are refused, data stays. */
    public void pause() {
        try {
            filter.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pause " + cluster, e);
        }
    }

    /** Whether the cluster is paused. */
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

    /** Users, databases and tables that the cluster's catalogs show. */
    public ClusterCatalog catalog() {
        return new ClusterCatalog(this);
    }

    /** The users of the cluster. */
    public DatabaseUsers users() {
        return users;
    }

    /**
     * {@code ALTER USER … SYSLOG ACCESS RESTRICTED}: the user then sees the rows of its own statements only, that is, none,
     * without an error.
     *
     * @throws IllegalStateException if the database fails
     */
    public void restrictSyslogAccess() {
        users.setSyslogAccess(user, false);
    }

    /**
     * {@code GRANT ROLE}: the role appears in {@code svv_user_grants}; with {@code sys:monitor} the user sees the rows of
     * all users.
     *
     * @throws IllegalStateException if the database fails
     */
    public void grantRole(String role) {
        users.grantRole(user, role);
    }

    /** The data folder of PostgreSQL, until {@link #close}. */
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
