package io.github.redshiftquerylogs.sandbox.aws.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Trino, the engine of Athena. Its catalog {@code lake} is Iceberg on the Glue Data Catalog and the S3 server of the given
 * environment.
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
     * Starts Trino and waits until it is ready, which takes about ten seconds.
     *
     * @param workFolder for its log {@code trino.log} and its own files
     * @param environment endpoints, Region and credentials, as {@code LocalAws.environment()} returns them
     * @throws IllegalStateException if it does not start, with the end of its log
     */
    public static TrinoProcess start(Path workFolder, Map<String, String> environment) {
        return new TrinoProcess(
                workFolder, workFolder.toAbsolutePath().resolve("trino").resolve("data"), environment);
    }

    /** The URL for Trino's JDBC driver with the catalog {@code lake}; any user name, no password. */
    public String jdbcUrl() {
        return "jdbc:trino://" + uri().getAuthority() + "/lake";
    }
}
