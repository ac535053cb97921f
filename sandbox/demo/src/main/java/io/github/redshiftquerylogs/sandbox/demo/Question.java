package io.github.redshiftquerylogs.sandbox.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that people ask of the lake: a file of {@code athena-ddl/queries}.
 *
 * @param name of the file, without its ending
 * @param title its first comment
 * @param sql all of it
 */
record Question(String name, String title, String sql) {

    private static final List<String> NAMES =
            List.of("top_queries", "missing_statistics", "queue_waits", "alerts_by_table", "nested_loops");
    private static final String TITLE = "-- title: ";

    /** The five that the system was once made for. */
    static List<Question> five() {
        return NAMES.stream().map(Question::read).toList();
    }

    private static Question read(String name) {
        String resource = "/queries/" + name + ".sql";
        try (@Nullable InputStream in = Question.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String title = sql.lines()
                    .filter(line -> line.startsWith(TITLE))
                    .findFirst()
                    .orElse(TITLE + name)
                    .substring(TITLE.length());
            return new Question(name, title, sql);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
