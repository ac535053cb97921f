package io.github.redshiftquerylogs.sandbox.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a release consists of, as the build has packaged it, and the page that says how to use it. */
final class Packages {

    private Packages() {}

    /** What is uploaded to Lambda. */
    static Path lambdaJar() {
        return jar("orchestrator-lambda", "orchestrator-lambda-.*-lambda\\.jar");
    }

    /** What Glue gets as {@code --extra-jars}. */
    static Path jobJar() {
        return jar("glue-jobs", "glue-jobs-.*-job\\.jar");
    }

    /** What Glue gets as script. */
    static Path jobScript() {
        return root().resolve("glue-jobs/src/main/glue/ExportJob.scala");
    }

    /** The checkout. */
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
