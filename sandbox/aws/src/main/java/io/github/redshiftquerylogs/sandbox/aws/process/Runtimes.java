package io.github.redshiftquerylogs.sandbox.aws.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds what the modules under {@code sandbox/runtimes} have built. Their class paths do not mix, with each other or
 * with ours, which is why each is a process of its own and none is a dependency of this module.
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
            Path classes = target.resolve("classes");
            return Files.isDirectory(classes) ? classes + File.pathSeparator + dependencies : dependencies;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path in " + target, e);
        }
    }

    /** The jar of the Java agent that ends children whose parent is gone. */
    static Path lifeline() {
        return built(folder(Path.of("")).resolve("lifeline/target/lifeline.jar"));
    }

    /** From any folder of the repository: tests run in their module's, the demo in the root. */
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
