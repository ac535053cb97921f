package io.github.redshiftquerylogs.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL of the module {@code athena-ddl}: {@code database.sql}, {@code tables/*.sql}, {@code views/*.sql} and {@code
 * queries/*.sql}, a statement each. Placeholders are written <code>${name}</code>.
 *
 * @param database makes the database; none or one
 * @param tables make the tables
 * @param views make the views, each after those that it reads
 * @param queries the questions
 */
record Ddl(List<SqlFile> database, List<SqlFile> tables, List<SqlFile> views, List<SqlFile> queries) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    /**
     * A file.
     *
     * @param name its path in the module
     * @param sql its text, without the semicolon at its end
     */
    record SqlFile(String name, String sql) {

        /** Its name without folder and ending: of the table, view or query. */
        String subject() {
            return name.substring(name.lastIndexOf('/') + 1, name.length() - ".sql".length());
        }

        /** What a header line {@code -- key: value} says, or else the fallback. */
        String header(String key, String fallback) {
            Matcher line = Pattern.compile("^-- " + Pattern.quote(key) + ": *(.+)$", Pattern.MULTILINE)
                    .matcher(sql);
            return line.find() ? line.group(1).strip() : fallback;
        }

        /** Without the comments before the statement: Athena's DDL has a parser of its own. */
        String statement() {
            return sql.lines()
                    .dropWhile(line -> line.isBlank() || line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
        }
    }

    /**
     * Reads the files.
     *
     * @param folder the module's folder; what is not there is left out
     * @param values of the placeholders
     * @throws IllegalStateException if a file has another placeholder, or views read each other in a circle
     */
    static Ddl read(Path folder, Map<String, String> values) {
        return new Ddl(
                Stream.of(folder.resolve("database.sql"))
                        .filter(Files::exists)
                        .map(file -> file(folder, file, values))
                        .toList(),
                files(folder, "tables", values),
                inOrder(files(folder, "views", values)),
                files(folder, "queries", values));
    }

    /** What the custom resource runs, in this order. */
    List<SqlFile> statements() {
        return Stream.of(database, tables, views).flatMap(List::stream).toList();
    }

    private static List<SqlFile> files(Path folder, String kind, Map<String, String> values) {
        if (!Files.isDirectory(folder.resolve(kind))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(kind))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(file -> file(folder, file, values))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SqlFile file(Path folder, Path file, Map<String, String> values) {
        String name = folder.relativize(file).toString();
        try {
            String sql = PLACEHOLDER
                    .matcher(Files.readString(file))
                    .replaceAll(found -> Matcher.quoteReplacement(value(name, found.group(1), values)))
                    .strip();
            return new SqlFile(name, sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(String file, String placeholder, Map<String, String> values) {
        String value = values.get(placeholder);
        if (value == null) {
            throw new IllegalStateException("athena-ddl/" + file + " has the placeholder ${" + placeholder
                    + "}: expected one of "
                    + values.keySet().stream()
                            .sorted()
                            .map(name -> "${" + name + "}")
                            .collect(Collectors.joining(", ")));
        }
        return value;
    }

    /** Views after those that they name. */
    static List<SqlFile> inOrder(List<SqlFile> views) {
        List<SqlFile> ordered = new ArrayList<>();
        List<SqlFile> left = new ArrayList<>(views);
        while (!left.isEmpty()) {
            List<SqlFile> ready = left.stream()
                    .filter(view -> left.stream().noneMatch(other -> !other.equals(view) && reads(view, other)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("these views read each other: "
                        + left.stream().map(SqlFile::name).collect(Collectors.joining(", ")));
            }
            ordered.addAll(ready);
            left.removeAll(ready);
        }
        return List.copyOf(ordered);
    }

    private static boolean reads(SqlFile view, SqlFile other) {
        String withoutComments = view.sql().replaceAll("--.*", "");
        return Pattern.compile("\\b" + Pattern.quote(other.subject()) + "\\b")
                .matcher(withoutComments)
                .find();
    }
}
