package io.github.redshiftquerylogs.ddl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The packaged job. */
final class JobJar {

    private JobJar() {}

    /** A copy of the packaged jar that also has the declarations of a folder. */
    static Path with(Path declarations, Path copy) throws IOException {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("job.jar"), "set by the build"));
        Files.copy(jar, copy);
        try (FileSystem zip = FileSystems.newFileSystem(copy);
                DirectoryStream<Path> files = Files.newDirectoryStream(declarations, "*.yaml")) {
            for (Path file : files) {
                Files.copy(
                        file,
                        zip.getPath("declarations").resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }
}
