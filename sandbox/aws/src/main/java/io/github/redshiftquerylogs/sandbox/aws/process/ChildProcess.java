package io.github.redshiftquerylogs.sandbox.aws.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java child process that does not outlive this process: {@link #close} ends it with its descendants, and if this process
 * is killed, the child's lifeline ends it.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Pattern READY = Pattern.compile("^ready on port (\\d+)$", Pattern.MULTILINE);
    /** Other variables of the user's shell, such as credentials and Java options, are not inherited. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ");

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param name for error texts
     * @param environment added to the few variables that are inherited
     * @param folder working directory, also for temporary files; created if absent
     * @param log the file for its output
     */
    public static ChildProcess start(
            String name, JavaCommand command, Map<String, String> environment, Path folder, Path log) {
        try {
            Path workingDirectory = Files.createDirectories(folder.toAbsolutePath());
            ProcessBuilder builder = new ProcessBuilder(command.toCommandLine(workingDirectory))
                    .directory(workingDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().retainAll(INHERITED);
            builder.environment().putAll(environment);
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /**
     * Waits for the line {@code ready on port <port>}.
     *
     * @return the port
     * @throws IllegalStateException if the process ends first or is not ready in time; it is then ended
     */
    public int awaitReady(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            Matcher ready = READY.matcher(LogFile.read(log));
            if (ready.find()) {
                return Integer.parseInt(ready.group(1));
            }
            pause();
        }
        String problem = process.isAlive()
                ? "was not ready after " + timeout.toSeconds() + " s"
                : "ended with code " + process.exitValue() + " before it was ready";
        close();
        throw new IllegalStateException(name + " " + problem + "; the end of " + log + ":\n" + LogFile.tail(log));
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted while " + name + " was starting", e);
        }
    }

    /** Completes with the exit code. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the process by SIGKILL, without its shutdown hooks. */
    public void kill() {
        process.destroyForcibly();
    }

    /**
     * Ends the process and its descendants; returns when the process is gone. It gets a SIGTERM, and a SIGKILL if it is
     * still alive after five seconds.
     */
    @Override
    public void close() {
        close(GRACE);
    }

    void close(Duration grace) {
        List<ProcessHandle> descendants = process.descendants().toList();
        // Process.destroy() would close the pipe too, and the lifeline would halt the child at once
        process.toHandle().destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
