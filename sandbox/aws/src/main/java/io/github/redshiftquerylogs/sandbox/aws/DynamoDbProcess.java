package io.github.redshiftquerylogs.sandbox.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** AWS's own DynamoDB Local as a child process, in memory, on a free port of the loopback interface. */
public final class DynamoDbProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String MAIN_CLASS = "io.github.redshiftquerylogs.sandbox.dynamodb.DynamoDbServer";
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m");

    private final ChildProcess process;
    private final URI uri;

    private DynamoDbProcess(ChildProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param workFolder for its log {@code dynamodb.log} and its temporary files
     * @throws IllegalStateException if it does not start; with the end of its log
     */
    public static DynamoDbProcess start(Path workFolder) {
        JavaCommand command = new JavaCommand(JVM_OPTIONS, Runtimes.classPath("dynamodb"), MAIN_CLASS, List.of());
        ChildProcess process = ChildProcess.start(
                "DynamoDB Local",
                command,
                Map.of(),
                workFolder.resolve("dynamodb"),
                Folders.create(workFolder).resolve("dynamodb.log"));
        int port = process.awaitReady(START_TIMEOUT);
        return new DynamoDbProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    /** The value of {@code AWS_ENDPOINT_URL_DYNAMODB}. */
    public URI uri() {
        return uri;
    }

    /** The process; a test may kill it. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** Stops it; its data is gone. */
    @Override
    public void close() {
        process.close();
    }
}
