package io.github.redshiftquerylogs.sandbox.aws.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * S3Proxy on a folder, for path-style addresses only. {@link #uri} is the value of {@code AWS_ENDPOINT_URL_S3}. The buckets
 * remain in their folder after {@link #close}.
 */
public final class S3Process extends ServerProcess {

    private S3Process(Path workFolder, Path buckets, LocalCredentials credentials) {
        super(
                new Server(
                        "the S3 server",
                        "s3",
                        "io.github.redshiftquerylogs.sandbox.s3.S3Server",
                        List.of(buckets.toString()),
                        "512m",
                        Duration.ofSeconds(60)),
                workFolder,
                credentials.environment());
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param workFolder for its log {@code s3.log}, its temporary files, and the buckets in {@code buckets}
     * @param credentials the credentials that clients must sign with
     * @throws IllegalStateException if it does not start, with the end of its log
     */
    public static S3Process start(Path workFolder, LocalCredentials credentials) {
        return new S3Process(workFolder, workFolder.toAbsolutePath().resolve("buckets"), credentials);
    }
}
