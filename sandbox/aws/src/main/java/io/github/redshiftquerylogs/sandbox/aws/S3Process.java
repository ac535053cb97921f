package io.github.redshiftquerylogs.sandbox.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** S3Proxy over a folder as a child process, on a free port of the loopback interface; path-style addresses only. */
public final class S3Process implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String MAIN_CLASS = "io.github.redshiftquerylogs.sandbox.s3.S3Server";
    private static final List<String> JVM_OPTIONS = List.of("-Xmx512m");

    private final ChildProcess process;
    private final URI uri;

    private S3Process(ChildProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param workFolder for its log {@code s3.log}, its temporary files, and the buckets in {@code buckets}
     * @param credentials what clients have to sign with
     * @throws IllegalStateException if it does not start; with the end of its log
     */
    public static S3Process start(Path workFolder, LocalCredentials credentials) {
        Path buckets = workFolder.toAbsolutePath().resolve("buckets");
        JavaCommand command =
                new JavaCommand(JVM_OPTIONS, Runtimes.classPath("s3"), MAIN_CLASS, List.of(buckets.toString()));
        ChildProcess process = ChildProcess.start(
                "the S3 server",
                command,
                credentials.environment(),
                workFolder.resolve("s3"),
                Folders.create(workFolder).resolve("s3.log"));
        int port = process.awaitReady(START_TIMEOUT);
        return new S3Process(process, URI.create("http://127.0.0.1:" + port));
    }

    /** The value of {@code AWS_ENDPOINT_URL_S3}. */
    public URI uri() {
        return uri;
    }

    /** The process; a test may kill it. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** Stops it; the buckets stay in their folder. */
    @Override
    public void close() {
        process.close();
    }
}
