package io.github.redshiftquerylogs.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL of the module {@code athena-ddl}: {@code database.sql}, {@code tables/*.sql}, {@code views/*.sql} and {@code
 * queries/*.sql}, a statement each. Where the lake lies is written {@value #LAKE}.
 *
 * @param database makes the database
 * @param tables make the tables
 * @param views make the views, each after those that it reads
 * @param queries the questions
 */
record Ddl(SqlFile database, List<SqlFile> tables, List<SqlFile> views, List<SqlFile> queries) {

    /** What stands in the files for the place of the lake, which has the folder {@code data}. */
    static final String LAKE = "s3://YOUR_BUCKET/YOUR_PREFIX";

    private static final Pattern LOCATION = Pattern.compile("(?m)^LOCATION '([^']+)'");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\bYOUR_[A-Z_]+");

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

        /**
         * Where a table lies, with a slash at its end: as a prefix in S3 it would else hold {@code stl_querytext} too where
         * {@code stl_query} is meant.
         *
         * @throws IllegalStateException if the statement does not say
         */
        String location() {
            Matcher location = LOCATION.matcher(sql);
            if (!location.find()) {
                throw new IllegalStateException(
                        "athena-ddl/" + name + " has no location: expected a line LOCATION 's3://…'");
            }
            return location.group(1).endsWith("/") ? location.group(1) : location.group(1) + "/";
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
     * @param folder the module's folder
     * @param lake where the lake lies, {@code s3://bucket/prefix}
     * @throws IllegalStateException if a file or a folder is not there, a file has another placeholder, or views read each other in a circle
     */
    static Ddl read(Path folder, String lake) {
        return new Ddl(
                file(folder, folder.resolve("database.sql"), lake),
                files(folder, "tables", lake),
                inOrder(files(folder, "views", lake)),
                files(folder, "queries", lake));
    }

    /** What the custom resource runs, in this order. */
    List<SqlFile> statements() {
        return Stream.of(List.of(database), tables, views).flatMap(List::stream).toList();
    }

    private static List<SqlFile> files(Path folder, String kind, String lake) {
        try (Stream<Path> files = Files.list(folder.resolve(kind))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(file -> file(folder, file, lake))
                    .toList();
        } catch (IOException e) {
            throw missing(folder.resolve(kind), e);
        }
    }

    private static SqlFile file(Path folder, Path file, String lake) {
        String name = folder.relativize(file).toString();
        try {
            String sql = Files.readString(file).replace(LAKE, lake).strip();
            Matcher left = PLACEHOLDER.matcher(sql);
            if (left.find()) {
                throw new IllegalStateException(
                        "athena-ddl/" + name + " has the placeholder " + left.group() + ": expected only " + LAKE);
            }
            return new SqlFile(name, sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql);
        } catch (IOException e) {
            throw missing(file, e);
        }
    }

    private static IllegalStateException missing(Path file, IOException cause) {
        return new IllegalStateException(file + " cannot be read: expected the module athena-ddl as it is", cause);
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
