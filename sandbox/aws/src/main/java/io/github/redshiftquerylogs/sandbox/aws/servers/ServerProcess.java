package io.github.redshiftquerylogs.sandbox.aws.servers;

import io.github.redshiftquerylogs.sandbox.aws.process.ChildProcess;
import io.github.redshiftquerylogs.sandbox.aws.process.Folders;
import io.github.redshiftquerylogs.sandbox.aws.process.JavaCommand;
import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A server of {@code sandbox/runtimes} as a child process, on a free port of the loopback interface; it does not outlive
 * this process.
 */
public abstract class ServerProcess implements AutoCloseable {

    private final ChildProcess process;
    private final URI uri;

    /**
     * Starts the server and waits until it is ready.
     *
     * @param workFolder for its log {@code <runtime>.log} and its own files in {@code <runtime>}
     * @throws IllegalStateException if it does not start, with the end of its log
     */
    ServerProcess(Server server, Path workFolder, Map<String, String> environment) {
        JavaCommand command = new JavaCommand(
                List.of("-Xmx" + server.heap()),
                Runtimes.classPath(server.runtime()),
                server.mainClass(),
                server.arguments());
        process = ChildProcess.start(
                server.name(),
                command,
                environment,
                workFolder.resolve(server.runtime()),
                Folders.create(workFolder).resolve(server.runtime() + ".log"));
        uri = URI.create("http://127.0.0.1:" + process.awaitReady(server.startTimeout()));
    }

    /**
     * The properties of a server.
     *
     * @param name for error texts
     * @param runtime its folder in {@code sandbox/runtimes}
     * @param mainClass prints the line that {@link ChildProcess#awaitReady} waits for
     * @param arguments of the main class
     * @param heap such as {@code 256m}
     * @param startTimeout the longest time until it is ready
     */
    record Server(
            String name,
            String runtime,
            String mainClass,
            List<String> arguments,
            String heap,
            Duration startTimeout) {}

    /** The address of the server. */
    public URI uri() {
        return uri;
    }

    /** The process, for tests that kill it. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** Stops the server; its files stay. */
    @Override
    public void close() {
        process.close();
    }
}
