package io.github.redshiftquerylogs.sandbox.redshift;

import io.github.redshiftquerylogs.sandbox.protocol.Account;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server with its data folder; neither outlives this process. */
final class PostgresServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final ServerWatch watch;
    private final String adminPassword = UUID.randomUUID().toString();
    private final SuperuserSessions sessions;
    private final DatabaseTemplates templates = new DatabaseTemplates(this);

    private PostgresServer(EmbeddedPostgres postgres, Path folder, ServerWatch watch) {
        this.postgres = postgres;
        this.folder = folder;
        this.watch = watch;
        this.sessions = new SuperuserSessions(HOST, postgres.getPort(), SUPERUSER, adminPassword);
    }

    static PostgresServer start(String name) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("redshift-" + name + "-");
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(true)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", HOST)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("password_encryption", "md5")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("max_connections", "200")
                // the data does not outlive the process
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                // the watch ends the server, also at a kill
                .setRegisterShutdownHook(false)
                .start();
        try {
            PostgresServer server =
                    new PostgresServer(postgres, folder, ServerWatch.start(postmasterPid(folder), folder));
            server.requirePasswords();
            server.hideOwnDatabase();
            return server;
        } catch (IOException | SQLException e) {
            postgres.close();
            throw e;
        }
    }

    /** A new server trusts all connections: sets the superuser's password, then requires passwords. */
    private void requirePasswords() throws IOException, SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user " + SUPERUSER + " password " + DatabaseSetup.literal(adminPassword));
            Files.writeString(folder.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 md5\n");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** A cluster has no database of this name that a user knows. */
    private void hideOwnDatabase() throws SQLException {
        try (Connection connection = admin("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter database postgres is_template true");
        }
    }

    /** Ends all sessions and removes all databases and users, apart from templates and those that a new server has. */
    void empty() throws SQLException {
        sessions.endAllBut("postgres");
        try (Connection connection = admin("postgres");
                Statement statement = connection.createStatement()) {
            for (String database : names(
                    statement,
                    "select datname from pg_database where not datistemplate and datname <> current_database()")) {
                statement.execute("drop database " + DatabaseSetup.identifier(database) + " with (force)");
            }
            statement.execute(ClusterCatalog.giveFreeId(
                    "rolname in (select usename from pg_user where usename <> current_user)"));
            for (String user : names(statement, "select usename from pg_user where usename <> current_user")) {
                statement.execute("drop user " + DatabaseSetup.identifier(user));
            }
        }
    }

    private static List<String> names(Statement statement, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** Read from the first line of the file that PostgreSQL writes at its start. */
    private static long postmasterPid(Path folder) throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
    }

    int port() {
        return postgres.getPort();
    }

    Path folder() {
        return folder;
    }

    /** What it knows of a user at a login; empty if the user may not connect to the database. */
    Optional<Account> account(String user, String database) {
        try (Connection connection = admin("postgres");
                PreparedStatement statement = connection.prepareStatement("select u.rolpassword, concat(u, d,"
                        + " (select string_agg(s::text, ',' order by s::text) from pg_db_role_setting s))"
                        + " from pg_authid u, pg_database d"
                        + " where u.rolname = ? and d.datname = ? and u.rolpassword is not null"
                        + " and has_database_privilege(u.oid, d.oid, 'connect')")) {
            statement.setString(1, user);
            statement.setString(2, database);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new Account(rows.getString(1), rows.getString(2))) : Optional.empty();
            }
        } catch (SQLException e) {
            LOG.debug("the server is gone", e);
            return Optional.empty();
        }
    }

    /** Opens a connection of the superuser. */
    Connection admin(String database) throws SQLException {
        return sessions.open(database);
    }

    /** Opens a connection of the superuser whose process has not seen the catalogs of the database yet. */
    Connection newAdmin(String database) throws SQLException {
        return sessions.connect(database);
    }

    /** Opens a connection of the superuser whose session ends with it. */
    Connection passingAdmin(String database) throws SQLException {
        return connect(database, SUPERUSER, adminPassword);
    }

    DatabaseTemplates templates() {
        return templates;
    }

    /** Opens a connection with PostgreSQL's own driver. */
    Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "stand-in");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + postgres.getPort() + "/"
                        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"),
                properties);
    }

    /**
     * Stops the server and deletes its folder.
     *
     * @throws IllegalStateException if one of them remains
     */
    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop the server of " + folder, e);
        } finally {
            // pg_ctl gives up after five seconds, and does nothing without the file that has the process id
            watch.close();
        }
    }
}
