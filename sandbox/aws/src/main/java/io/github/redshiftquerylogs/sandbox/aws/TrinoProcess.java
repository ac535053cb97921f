package io.github.redshiftquerylogs.sandbox.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Trino, which Athena is built on, as a child process on a free port of the loopback interface. Its catalog
 * {@code lake} is Iceberg on the Glue Data Catalog and the S3 server of the environment that it is given.
 */
public final class TrinoProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final String MAIN_CLASS = "io.github.redshiftquerylogs.sandbox.trino.TrinoServer";
    private static final List<String> JVM_OPTIONS = List.of("-Xmx1500m");

    private final ChildProcess process;
    private final URI uri;

    private TrinoProcess(ChildProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts it and waits until it answers, which takes about ten seconds.
     *
     * @param workFolder for its log {@code trino.log} and its own files
     * @param environment the endpoints, Region and credentials, as {@link LocalAws#environment} has them
     * @throws IllegalStateException if it does not start; with the end of its log
     */
    public static TrinoProcess start(Path workFolder, Map<String, String> environment) {
        Path folder = workFolder.toAbsolutePath().resolve("trino");
        JavaCommand command = new JavaCommand(
                JVM_OPTIONS,
                Runtimes.classPath("trino"),
                MAIN_CLASS,
                List.of(folder.resolve("data").toString()));
        ChildProcess process = ChildProcess.start(
                "Trino",
                command,
                environment,
                folder,
                Folders.create(workFolder).resolve("trino.log"));
        int port = process.awaitReady(START_TIMEOUT);
        return new TrinoProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** For Trino's JDBC driver, with {@code lake} as the catalog; any user name without a password does. */
    public String jdbcUrl() {
        return "jdbc:trino://" + uri.getAuthority() + "/lake";
    }

    /** The process; a test may kill it. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** Stops it. */
    @Override
    public void close() {
        process.close();
    }
}
