package io.github.redshiftquerylogs.sandbox.aws.servers;

import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Trino, which Athena is built on. Its catalog {@code lake} is Iceberg on the Glue Data Catalog and the S3 server of the
 * environment that it is given.
 */
public final class TrinoProcess extends ServerProcess {

    private TrinoProcess(Path workFolder, Path data, Map<String, String> environment) {
        super(
                new Server(
                        "Trino",
                        "trino",
                        "io.github.redshiftquerylogs.sandbox.trino.TrinoServer",
                        List.of(data.toString()),
                        "1500m",
                        Duration.ofMinutes(2)),
                workFolder,
                environment);
    }

    /**
     * Starts it and waits until it answers, which takes about ten seconds.
     *
     * @param workFolder for its log {@code trino.log} and its own files
     * @param environment the endpoints, Region and credentials, as {@link LocalAws#environment} has them
     * @throws IllegalStateException if it does not start; with the end of its log
     */
    public static TrinoProcess start(Path workFolder, Map<String, String> environment) {
        return new TrinoProcess(
                workFolder, workFolder.toAbsolutePath().resolve("trino").resolve("data"), environment);
    }

    /** For Trino's JDBC driver, with {@code lake} as the catalog; any user name without a password does. */
    public String jdbcUrl() {
        return "jdbc:trino://" + uri().getAuthority() + "/lake";
    }
}
