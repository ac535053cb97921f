package io.github.redshiftquerylogs.sandbox.demo.deploy;

import io.github.redshiftquerylogs.ddl.ViewOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkout of this project with the results of its build.
 *
 * @param root its folder
 */
public record Checkout(Path root) {

    /**
     * Finds the checkout.
     *
     * @param start a folder of the checkout
     * @throws IllegalStateException if the folder is not in a checkout
     */
    public static Checkout find(Path start) {
        for (Path folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("glue-jobs/pom.xml"))) {
                return new Checkout(folder);
            }
        }
        throw new IllegalStateException(start + " is not in a checkout of this project");
    }

    /**
     * The Glue job's jar.
     *
     * @throws IllegalStateException if it is not built
     */
    public Path jobJar() {
        Path target = root.resolve("glue-jobs/target");
        List<Path> jars = Files.isDirectory(target) ? list(target, "glue-jobs-.*-job\\.jar") : List.of();
        if (jars.size() != 1) {
            throw new IllegalStateException("expected one glue-jobs-<version>-job.jar in " + target + ", found "
                    + jars.size() + ": run ./mvnw -DskipTests package");
        }
        return jars.get(0);
    }

    /** The job's script, which Glue requires in addition to the jar. */
    Path jobScript() {
        return root.resolve("glue-jobs/src/main/glue/ExportJob.scala");
    }

    /** The folder of the example's own exports. */
    public Path exampleExports() {
        return root.resolve("examples/exports");
    }

    /** The files of the questions, by name. */
    public List<Path> queries() {
        return list(root.resolve("athena-ddl/queries"), ".*\\.sql");
    }

    /** Athena's DDL of the tables, one file each, by name. */
    public List<Path> tables() {
        return list(root.resolve("athena-ddl/tables"), ".*\\.sql");
    }

    /** The views that questions may use, one file each, in the order in which they are created. */
    public List<Path> views() {
        return ViewOrder.of(
                list(root.resolve("athena-ddl/views"), ".*\\.sql"),
                file -> file.getFileName().toString().replaceFirst("\\.sql$", ""),
                Checkout::read);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<Path> list(Path folder, String name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
