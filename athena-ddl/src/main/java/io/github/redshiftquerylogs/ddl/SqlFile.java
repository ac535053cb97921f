package io.github.redshiftquerylogs.ddl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A SQL file of this module.
 *
 * @param name the file name without folder and ending: the name of the table, view or query
 * @param text the whole content
 */
record SqlFile(String name, String text) {

    static final String ENDING = ".sql";

    static SqlFile read(Path file) {
        String fileName = file.getFileName().toString();
        try {
            return new SqlFile(fileName.substring(0, fileName.lastIndexOf('.')), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The {@code *.sql} files of a folder by name, without those of its subfolders. */
    static List<SqlFile> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(SqlFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** The text after {@code -- <key>: } on a line of its own; empty if there is no such line. */
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
