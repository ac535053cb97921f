package io.github.redshiftquerylogs.sandbox.redshift;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * One Redshift cluster's stand-in: an embedded PostgreSQL that the real Redshift driver connects to.
 *
 * <ul>
 *   <li>It has the STL tables of {@link SourceCatalog}, empty at first, which the user may read and not write.
 *   <li>{@code getdate()} is its own clock, cut to the second as Redshift does. The clock stands still until it is set;
 *       it starts at the time of the machine, UTC.
 *   <li>It authenticates by MD5, so a wrong password fails as on Redshift.
 *   <li>Its user sees the rows of all users until {@link #restrictSyslogAccess}, and {@code svv_user_info} says so.
 *   <li>It listens on 127.0.0.1 only, on a free port, without TLS.
 * </ul>
 *
 * <p>Thread-safe. {@link #close} ends its process and removes its data folder.
 */
public final class EmbeddedRedshift implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String DATABASE = "dev";

    private final String cluster;
    private final String user;
    private final Patch patch;
    private final EmbeddedPostgres postgres;
    private final String adminPassword;
    private final Path folder;
    private final StartupFilter filter;
    private final ServerWatch watch;

    private EmbeddedRedshift(
            String cluster,
            String user,
            Patch patch,
            EmbeddedPostgres postgres,
            String adminPassword,
            Path folder,
            StartupFilter filter,
            ServerWatch watch) {
        this.cluster = cluster;
        this.user = user;
        this.patch = patch;
        this.postgres = postgres;
        this.adminPassword = adminPassword;
        this.folder = folder;
        this.filter = filter;
        this.watch = watch;
    }

    /** Starts a stand-in for a cluster of the {@linkplain Patch#NEWER newer} kind. */
    public static EmbeddedRedshift start(String cluster, String user, String password) {
        return start(cluster, user, password, Patch.NEWER);
    }

    /**
     * Starts a stand-in.
     *
     * @param cluster its name, for messages
     * @param user the database user that the exporter signs in as; created, and allowed to read
     * @param password that user's password
     * @param patch which columns its tables have
     * @throws IllegalStateException if PostgreSQL does not start or cannot be prepared
     */
    public static EmbeddedRedshift start(String cluster, String user, String password, Patch patch) {
        EmbeddedPostgres postgres = null;
        try {
            Path folder = Files.createTempDirectory("redshift-" + cluster + "-");
            postgres = server(folder);
            ServerWatch watch = ServerWatch.start(postmasterPid(folder), folder);
            String adminPassword = UUID.randomUUID().toString();
            new DatabaseSetup(postgres, folder, adminPassword).run(user, password, SourceCatalog.tables(patch));
            StartupFilter filter = StartupFilter.start(postgres.getPort());
            return new EmbeddedRedshift(cluster, user, patch, postgres, adminPassword, folder, filter, watch);
        } catch (IOException | SQLException e) {
            IllegalStateException failure = new IllegalStateException("cannot start a stand-in for " + cluster, e);
            if (postgres != null) {
                try {
                    postgres.close();
                } catch (IOException second) {
                    failure.addSuppressed(second);
                }
            }
            throw failure;
        }
    }

    /** The first line of a file that PostgreSQL writes when it starts. */
    private static long postmasterPid(Path folder) throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
    }

    private static EmbeddedPostgres server(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
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
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** The name it was started with. */
    public String cluster() {
        return cluster;
    }

    /** The patch level it was started with. */
    public Patch patch() {
        return patch;
    }

    /** Its system tables, as it shows them. */
    public List<SourceTable> tables() {
        return SourceCatalog.tables(patch);
    }

    /** Address for Redshift's driver, without user and password. */
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
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", adminPassword);
        properties.setProperty("ApplicationName", "stand-in");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + postgres.getPort() + "/" + DATABASE, properties);
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
     * {@code ALTER USER … SYSLOG ACCESS RESTRICTED}: from now on its user sees rows of its own statements only, which are
     * none, and no error.
     *
     * @throws IllegalStateException if it cannot be done
     */
    public void restrictSyslogAccess() {
        List<String> statements = new ArrayList<>();
        statements.add(
                "update sandbox_user set syslog_access = 'RESTRICTED' where name = " + DatabaseSetup.literal(user));
        for (SourceTable table : tables()) {
            statements.add("alter table " + table.name() + " enable row level security");
            statements.add("create policy own_rows on " + table.name()
                    + " using (userid = (select user_id from svv_user_info where user_name = current_user))");
        }
        administer("restrict the user of", statements);
    }

    /**
     * {@code GRANT ROLE}: {@code svv_user_grants} has it from now on; with {@code sys:monitor} its user sees the rows of
     * all users.
     *
     * @throws IllegalStateException if it cannot be done
     */
    public void grantRole(String role) {
        List<String> statements = new ArrayList<>();
        statements.add("insert into sandbox_role_grant values (" + DatabaseSetup.literal(user) + ", "
                + DatabaseSetup.literal(role) + ")");
        if (role.equals("sys:monitor")) {
            tables().forEach(table -> statements.add("alter table " + table.name() + " disable row level security"));
        }
        administer("grant a role to the user of", statements);
    }

    private void administer(String doing, List<String> statements) {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot " + doing + " " + cluster, e);
        }
    }

    /** Where PostgreSQL keeps its data until {@link #close}. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try (postgres) {
            filter.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop the stand-in for " + cluster, e);
        } finally {
            // a server that an interrupt has ended before leaves its data behind
            deleteFolder();
            watch.close();
        }
    }

    private void deleteFolder() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LoggerFactory.getLogger(EmbeddedRedshift.class).warn("cannot delete {}", folder, e);
        }
    }

    @Override
    public String toString() {
        return "EmbeddedRedshift[" + cluster + " at " + HOST + ":" + port() + "]";
    }
}
