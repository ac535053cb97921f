package io.github.redshiftquerylogs.sandbox.demo.ask;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A question to the lake: a file of {@code athena-ddl/queries}.
 *
 * @param name the file name without its extension
 * @param title the comment {@code -- title:}
 * @param question the comment {@code -- question:}
 * @param sql the whole content
 */
public record Question(String name, String title, String question, String sql) {

    /** @throws IllegalStateException if the file has no title or no question */
    static Question read(Path file) {
        try {
            String sql = Files.readString(file);
            String name = file.getFileName().toString().replaceFirst("\\.sql$", "");
            return new Question(name, comment(file, sql, "title"), comment(file, sql, "question"), sql);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String comment(Path file, String sql, String kind) {
        String prefix = "-- " + kind + ": ";
        return sql.lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .map(line -> line.substring(prefix.length()))
                .orElseThrow(() -> new IllegalStateException(file + " has no line '" + prefix + "…'"));
    }
}
