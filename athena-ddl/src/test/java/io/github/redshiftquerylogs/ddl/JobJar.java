package io.github.redshiftquerylogs.ddl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The packaged job. */
final class JobJar {

    private JobJar() {}

    /** The declarations of the first release; its README tells their origin. */
    private static final Path FIRST_RELEASE = ModuleFiles.ROOT.resolve("glue-jobs/src/test/resources/first-release");

    /** A copy of the packaged jar whose only declarations are those of the first release. */
    static Path ofTheFirstRelease(Path copy, Path declarations) throws IOException {
        Files.createDirectories(declarations);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FIRST_RELEASE, "*.yaml")) {
            for (Path file : files) {
                // "set" came later
                Files.writeString(declarations.resolve(file.getFileName()), Files.readString(file) + "\nset: core\n");
            }
        }
        Path jar = with(declarations, copy);
        try (FileSystem zip = FileSystems.newFileSystem(jar);
                DirectoryStream<Path> files = Files.newDirectoryStream(zip.getPath("declarations"))) {
            for (Path file : files) {
                if (Files.notExists(declarations.resolve(file.getFileName().toString()))) {
                    Files.delete(file);
                }
            }
        }
        return jar;
    }

    /** A copy of the packaged jar that also has the declarations of a folder, in place of its own of the same names. */
    static Path with(Path declarations, Path copy) throws IOException {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("job.jar"), "set by the build"));
        Files.copy(jar, copy);
        try (FileSystem zip = FileSystems.newFileSystem(copy);
                DirectoryStream<Path> files = Files.newDirectoryStream(declarations, "*.yaml")) {
            for (Path file : files) {
                Files.copy(
                        file,
                        zip.getPath("declarations").resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }
}
