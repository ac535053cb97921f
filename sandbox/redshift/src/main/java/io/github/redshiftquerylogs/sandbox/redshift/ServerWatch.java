package io.github.redshiftquerylogs.sandbox.redshift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends a PostgreSQL server and deletes its data, at {@link #close} or when this process ends, for example because it was
 * killed. The server is not a child of this process ({@code pg_ctl} detaches it), so a shell waits for the end of a pipe.
 */
final class ServerWatch implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            read -r ignored
            kill -QUIT "$1" 2>/dev/null
            while kill -0 "$1" 2>/dev/null && [ "$(cat "/proc/$1/stat" 2>/dev/null | cut -d' ' -f3)" != Z ]; do
              sleep 0.1
            done
            rm -rf "$2"
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process shell;

    private ServerWatch(Process shell) {
        this.shell = shell;
    }

    /**
     * Starts watching.
     *
     * @param pid the process id of the server
     * @param folder its data folder
     */
    static ServerWatch start(long pid, Path folder) throws IOException {
        return new ServerWatch(new ProcessBuilder(
                        List.of("/bin/sh", "-c", SCRIPT, "server-watch", Long.toString(pid), folder.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /**
     * Ends the server, if it still runs, and deletes its folder.
     *
     * @throws IllegalStateException if that takes longer than a minute
     */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("server and folder remain after " + PATIENCE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the server", e);
        } catch (InterruptedException e) {
            // the shell goes on without this thread
            Thread.currentThread().interrupt();
        }
    }
}
