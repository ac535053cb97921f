package io.github.redshiftquerylogs.sandbox.redshift;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A PostgreSQL of our own, its data and the watch over both; nothing of it outlives this process. */
final class PostgresServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final String SUPERUSER = "postgres";
    private static final int DELETIONS = 200;
    private static final Duration BETWEEN_DELETIONS = Duration.ofMillis(50);

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final ServerWatch watch;
    private final String adminPassword = UUID.randomUUID().toString();

    private PostgresServer(EmbeddedPostgres postgres, Path folder, ServerWatch watch) {
        this.postgres = postgres;
        this.folder = folder;
        this.watch = watch;
    }

    static PostgresServer start(String name) throws IOException {
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
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        try {
            return new PostgresServer(postgres, folder, ServerWatch.start(postmasterPid(folder), folder));
        } catch (IOException e) {
            postgres.close();
            throw e;
        }
    }

    /** The first line of a file that PostgreSQL writes when it starts. */
    private static long postmasterPid(Path folder) throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    Path folder() {
        return folder;
    }

    String adminPassword() {
        return adminPassword;
    }

    /** A new connection as superuser. */
    Connection admin(String database) throws SQLException {
        return connect(database, SUPERUSER, adminPassword);
    }

    /** A new connection by PostgreSQL's own driver. */
    Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "stand-in");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + postgres.getPort() + "/" + database, properties);
    }

    @Override
    public void close() throws IOException {
        try {
            postgres.close();
        } finally {
            // a server that an interrupt has ended before leaves its data behind
            deleteFolder();
            watch.close();
        }
    }

    /** A server that an interrupt has ended may still be writing, and another shutdown hook be deleting as well. */
    private void deleteFolder() {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                deleteContents();
            } catch (IOException | UncheckedIOException e) {
                if (attempt == DELETIONS || !pause()) {
                    LoggerFactory.getLogger(PostgresServer.class).warn("cannot delete {}", folder, e);
                    return;
                }
            }
        }
    }

    private void deleteContents() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_DELETIONS.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
