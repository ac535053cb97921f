package io.github.redshiftquerylogs.sandbox.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The parts of a release, as the build has packaged them. */
final class Packages {

    private Packages() {}

    /** The jar for Lambda. */
    static Path lambdaJar() {
        return jar("orchestrator-lambda", "orchestrator-lambda-.*-lambda\\.jar");
    }

    /** The jar for Glue's {@code --extra-jars}. */
    static Path jobJar() {
        return jar("glue-jobs", "glue-jobs-.*-job\\.jar");
    }

    /** The script for Glue. */
    static Path jobScript() {
        return root().resolve("glue-jobs/src/main/glue/ExportJob.scala");
    }

    /** The root folder of the checkout. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "there is no mvnw in or above " + Path.of("").toAbsolutePath());
    }

    private static Path jar(String module, String name) {
        Path target = root().resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().matches(name))
                    .toList();
            if (jars.size() != 1) {
                throw new IllegalStateException("expected one " + name + " in " + target + ", found " + jars);
            }
            return jars.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + target, e);
        }
    }
}
