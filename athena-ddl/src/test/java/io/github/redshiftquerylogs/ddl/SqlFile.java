package io.github.redshiftquerylogs.ddl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of this module as it lies in the repository.
 *
 * @param name without folder and ending
 * @param text all of it
 */
record SqlFile(String name, String text) {

    /** Tests run in their module's folder. */
    static final Path MODULE = Path.of("").toAbsolutePath();

    static final Path QUERIES = MODULE.resolve("queries");
    static final Path VIEWS = MODULE.resolve("views");
    static final Path TABLES = MODULE.resolve("tables");

    static SqlFile read(Path file) {
        try {
            return new SqlFile(file.getFileName().toString().replaceFirst("\\.[a-z]+$", ""), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The names of the views, those first that others are made of. */
    static List<String> viewsInOrder() {
        return read(VIEWS.resolve("install-order.txt")).text().lines().toList();
    }

    /** The views that everybody has, and the optional ones. */
    static List<SqlFile> views() {
        return Stream.of(VIEWS, VIEWS.resolve("optional"))
                .flatMap(folder -> in(folder).stream())
                .filter(file -> !file.name().equals("install-order"))
                .toList();
    }

    /** The files of a folder, not of those below, by name. */
    static List<SqlFile> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(SqlFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** What follows {@code -- <name>:} on a line of its own; empty if there is no such line. */
    String header(String key) {
        String prefix = "-- " + key + ": ";
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return name;
    }
}
