package io.github.redshiftquerylogs.sandbox.aws.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the class paths that the modules below {@code sandbox/runtimes} have built. These class paths conflict with each
 * other and with that of this module, so each engine is a process of its own and none is a dependency.
 */
public final class Runtimes {

    private static final String RUNTIMES = "sandbox/runtimes";

    private Runtimes() {}

    /**
     * The class path of an engine, its own classes first.
     *
     * @param name {@code spark}, {@code dynamodb}, {@code s3}, {@code trino}, {@code lambda} or {@code scala}
     * @throws IllegalStateException if it was not built, or if the working directory is outside of the repository
     */
    public static String classPath(String name) {
        return classPath(name, Path.of(""));
    }

    static String classPath(String name, Path workingDirectory) {
        Path target = folder(workingDirectory).resolve(name).resolve("target");
        try {
            String dependencies =
                    Files.readString(built(target.resolve("classpath"))).strip();
            return ownClasses(target)
                    .map(own -> own + File.pathSeparator + dependencies)
                    .orElse(dependencies);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path in " + target, e);
        }
    }

    /** The module's jar, which can be archived, if it is as new as the classes; else the folder of the classes. */
    private static Optional<Path> ownClasses(Path target) throws IOException {
        Path classes = target.resolve("classes");
        if (!Files.isDirectory(classes)) {
            return Optional.empty();
        }
        FileTime newest;
        try (Stream<Path> files = Files.walk(classes)) {
            newest = files.filter(Files::isRegularFile)
                    .map(Runtimes::modified)
                    .max(Comparator.naturalOrder())
                    .orElse(FileTime.from(Instant.EPOCH));
        }
        try (Stream<Path> files = Files.list(target)) {
            Optional<Path> jar = files.filter(
                            file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(file -> modified(file).compareTo(newest) >= 0)
                    .findFirst();
            return Optional.of(jar.orElse(classes));
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look up " + file, e);
        }
    }

    /**
     * The folder that the build of a runtime writes to.
     *
     * @param name as in {@link #classPath(String)}
     */
    public static Path target(String name) {
        return folder(Path.of("")).resolve(name).resolve("target");
    }

    /** The jar of the Java agent that ends a child when its parent is gone. */
    static Path lifeline() {
        return built(folder(Path.of("")).resolve("lifeline/target/lifeline.jar"));
    }

    /** Works in any folder of the repository: tests run in the folder of their module, the demo in the root. */
    private static Path folder(Path workingDirectory) {
        Path start = workingDirectory.toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(RUNTIMES))) {
                return folder.resolve(RUNTIMES);
            }
        }
        throw new IllegalStateException("there is no " + RUNTIMES + " in or above " + start);
    }

    private static Path built(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(file + " is missing: run ./mvnw -DskipTests package");
        }
        return file;
    }
}
