package io.github.redshiftquerylogs.sandbox.demo.keep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A demo that is kept running, as described by its file {@code running.json} for other processes of the same user.
 *
 * @param folder its output folder, where the file is
 * @param pid its process id
 * @param started the start of that process, which distinguishes it from a later one with the same id
 * @param since the time at which its control port was opened
 * @param control its control port on the loopback interface
 * @param token the token that a request must contain
 * @param trino the JDBC URL of its Trino
 */
public record RunningDemo(
        Path folder, long pid, Instant started, Instant since, URI control, String token, String trino) {

    /** The folder with the output folders of all demos, unless the user chooses another one. */
    public static final Path OUTPUTS = Path.of("output");

    private static final String FILE = "running.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** This process as a running demo. */
    static RunningDemo here(Path folder, URI control, String token, String trino) {
        ProcessHandle process = ProcessHandle.current();
        return new RunningDemo(folder, process.pid(), startOf(process), Instant.now(), control, token, trino);
    }

    /**
     * Finds a running demo.
     *
     * @param outputs the folder with the output folders of demos
     * @param chosen the output folder of the demo; null for the one that was started last
     * @throws NotRunningException if there is none, with the command that starts one
     */
    public static RunningDemo find(Path outputs, @Nullable Path chosen) {
        if (chosen != null) {
            return read(chosen)
                    .orElseThrow(() -> new NotRunningException("--output = '" + chosen
                            + "': expected the folder of a demo that is running; ./demo --keep starts one"));
        }
        return folders(outputs).stream()
                .flatMap(folder -> read(folder).stream())
                .max(Comparator.comparing(RunningDemo::since))
                .orElseThrow(
                        () -> new NotRunningException(
                                "no demo is running below " + outputs
                                        + "/: start one with ./demo --keep in another terminal and wait until it runs on, or name its folder by --output"));
    }

    private static List<Path> folders(Path outputs) {
        if (!Files.isDirectory(outputs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(outputs)) {
            return folders.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + outputs, e);
        }
    }

    /** Empty if there is none, or if its process was killed and left the file behind. */
    private static Optional<RunningDemo> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(file.toFile());
            RunningDemo demo = new RunningDemo(
                    folder,
                    json.path("pid").asLong(),
                    Instant.parse(json.path("started").asText()),
                    Instant.parse(json.path("since").asText()),
                    URI.create(json.path("control").asText()),
                    json.path("token").asText(),
                    json.path("trino").asText());
            return ProcessHandle.of(demo.pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startOf(process).equals(demo.started))
                    .map(process -> demo);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Writes the file; only its owner can read it. */
    void write() {
        try {
            Path part = Files.createFile(
                    folder.resolve(FILE + ".part"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(
                            part.toFile(),
                            JSON.createObjectNode()
                                    .put("pid", pid)
                                    .put("started", started.toString())
                                    .put("since", since.toString())
                                    .put("control", control.toString())
                                    .put("token", token)
                                    .put("trino", trino));
            Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + FILE + " to " + folder, e);
        }
    }

    /** Deletes the file. */
    void forget() {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + FILE + " in " + folder, e);
        }
    }

    /** There is no running demo. */
    public static final class NotRunningException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public NotRunningException(String message) {
            super(message);
        }
    }
}
