package io.github.redshiftquerylogs.sandbox.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build has made for a deployment.
 *
 * @param jobJar the Glue job's jar
 * @param jobScript the script that Glue wants beside it
 */
record Artifacts(Path jobJar, Path jobScript) {

    /**
     * Finds them in a checkout.
     *
     * @param start a folder in it
     * @throws IllegalStateException if they are not built
     */
    static Artifacts find(Path start) {
        for (Path folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path module = folder.resolve("glue-jobs");
            if (Files.isRegularFile(module.resolve("pom.xml"))) {
                return new Artifacts(jar(module.resolve("target")), module.resolve("src/main/glue/ExportJob.scala"));
            }
        }
        throw new IllegalStateException(start + " is in no checkout of this project");
    }

    private static Path jar(Path target) {
        List<Path> jars = List.of();
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                jars = files.filter(file -> file.getFileName().toString().matches("glue-jobs-.*-job\\.jar"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look into " + target, e);
            }
        }
        if (jars.size() != 1) {
            throw new IllegalStateException("expected one glue-jobs-<version>-job.jar in " + target + ", found "
                    + jars.size() + ": run ./mvnw -DskipTests package");
        }
        return jars.get(0);
    }
}
