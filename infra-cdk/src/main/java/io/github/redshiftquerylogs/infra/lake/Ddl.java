package io.github.redshiftquerylogs.infra.lake;

import io.github.redshiftquerylogs.ddl.PublishedHistory;
import io.github.redshiftquerylogs.ddl.ViewOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL of the module {@code athena-ddl}: {@code database.sql}, {@code tables/*.sql}, {@code views/*.sql} and {@code
 * queries/*.sql}, one statement each. The location of the lake is written as
 * {@value #LAKE}.
 *
 * @param database creates the database
 * @param tables create the tables
 * @param views create the views, each after the views that it reads
 * @param queries example queries
 */
record Ddl(SqlFile database, List<SqlFile> tables, List<SqlFile> views, List<SqlFile> queries) {

    /** Placeholder for the location of the lake, the parent of {@code data}. */
    static final String LAKE = "s3://YOUR_BUCKET/YOUR_PREFIX";

    private static final Pattern LOCATION = Pattern.compile("(?m)^LOCATION '([^']+)'");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\bYOUR_[A-Z_]+");

    /**
     * A SQL file.
     *
     * @param name its path in the module
     * @param sql its text, without the final semicolon
     */
    record SqlFile(String name, String sql) {

        /** The name of the table, view or query: the file name without folder and extension. */
        String subject() {
            return name.substring(name.lastIndexOf('/') + 1, name.length() - ".sql".length());
        }

        /** The value of a header line {@code -- key: value}, or the fallback. */
        String header(String key, String fallback) {
            Matcher line = Pattern.compile("^-- " + Pattern.quote(key) + ": *(.+)$", Pattern.MULTILINE)
                    .matcher(sql);
            return line.find() ? line.group(1).strip() : fallback;
        }

        /**
         * The location of a table. It ends with a slash: without it, the prefix of {@code stl_query} would include
         * {@code stl_querytext}.
         *
         * @throws IllegalStateException if the statement has no location
         */
        String location() {
            Matcher location = LOCATION.matcher(sql);
            if (!location.find()) {
                throw new IllegalStateException(
                        "athena-ddl/" + name + " has no location: expected a line LOCATION 's3://…'");
            }
            return location.group(1).endsWith("/") ? location.group(1) : location.group(1) + "/";
        }

        /** The statement without leading comments, which Athena's DDL parser does not accept. */
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
     * @param lake location of the lake, {@code s3://bucket/prefix}
     * @param publishedNamespaces namespaces of S3 Tables for the view over Redshift's own export; if empty, it is left out
     * @throws IllegalStateException if a file or folder is missing, a file has an unknown placeholder, or views depend
     *     on each other in a cycle
     */
    static Ddl read(Path folder, String lake, List<String> publishedNamespaces) {
        SqlFile database = file(folder, folder.resolve("database.sql"), sql -> sql.replace(LAKE, lake));
        List<SqlFile> tables = files(folder, "tables", lake);
        List<SqlFile> views = new ArrayList<>(files(folder, "views", lake));
        if (!publishedNamespaces.isEmpty()) {
            Path published = folder.resolve("views").resolve("optional").resolve("query_history_all.sql");
            views.add(file(folder, published, sql -> PublishedHistory.in(sql, publishedNamespaces)));
        }
        return new Ddl(
                database, tables, ViewOrder.of(views, SqlFile::subject, SqlFile::sql), files(folder, "queries", lake));
    }

    /** The statements of the custom resource, in the order of execution. */
    List<SqlFile> statements() {
        return Stream.of(List.of(database), tables, views).flatMap(List::stream).toList();
    }

    private static List<SqlFile> files(Path folder, String kind, String lake) {
        try (Stream<Path> files = Files.list(folder.resolve(kind))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(file -> file(folder, file, sql -> sql.replace(LAKE, lake)))
                    .toList();
        } catch (IOException e) {
            throw missing(folder.resolve(kind), e);
        }
    }

    private static SqlFile file(Path folder, Path file, UnaryOperator<String> fill) {
        String name = folder.relativize(file).toString();
        try {
            String sql = fill.apply(Files.readString(file)).strip();
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
        return new IllegalStateException(file + " cannot be read: expected the files of the module athena-ddl", cause);
    }
}
