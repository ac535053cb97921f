package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.OwnExportSchema;
import io.github.redshiftquerylogs.export.RecordTables;
import io.github.redshiftquerylogs.lake.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of the repository that follow from the exported tables and the format of declarations: the tables' DDL, the view
 * {@code export_health}, the lists in the docs, and the JSON Schema of own exports.
 *
 * @param files the content of each file by its path from the root of the repository, with slashes
 */
record Rendering(SortedMap<String, String> files) {

    private static final String MODULE = "athena-ddl/";
    private static final String TABLES = MODULE + "tables/";
    /** By this first line a deployment tells such a table from the exported ones. */
    private static final String RECORDS = "-- Records of the job itself, not an exported table.\n";

    private static final String VIEWS = MODULE + "views/";

    /**
     * Renders the files.
     *
     * @param root the root of the repository: pages, views and queries are read there
     * @param exports the exported tables, by name
     * @throws IllegalStateException if a page lacks the comments around a generated list
     */
    static Rendering of(Path root, List<ExportDeclaration> exports) {
        SortedMap<String, String> files = new TreeMap<>();
        exports.stream().map(TableDefinition::of).forEach(table -> table(files, table, ""));
        RecordTables.definitions().forEach(table -> table(files, table, RECORDS));
        List<String> names = exports.stream().map(ExportDeclaration::name).toList();
        // a snapshot has one log_time per period, so its rows per day mean nothing
        SqlFile health = ExportHealth.of(exports.stream()
                .filter(ExportDeclaration::isLog)
                .map(ExportDeclaration::name)
                .toList());
        files.put(VIEWS + health.name() + SqlFile.ENDING, health.text());

        page(files, root, "README.md", GeneratedList.names("exported tables", names, 2));
        page(files, root, "docs/contracts.md", GeneratedList.names("exported tables", names, 0));
        page(files, root, "docs/permissions.md", Permissions.of(exports));
        files.put("docs/own-export.schema.json", OwnExportSchema.json());
        page(files, root, "docs/athena.md", tables(exports), views(root, health), queries(root));
        return new Rendering(files);
    }

    private static void table(SortedMap<String, String> files, TableDefinition table, String firstLine) {
        files.put(
                TABLES + table.name() + SqlFile.ENDING, firstLine + new TableDdl(table).athena(ResourceNames.DATABASE));
    }

    private static void page(SortedMap<String, String> files, Path root, String page, GeneratedList... lists) {
        String text = text(root.resolve(page));
        for (GeneratedList list : lists) {
            text = list.in(page, text);
        }
        files.put(page, text);
    }

    private static GeneratedList tables(List<ExportDeclaration> exports) {
        return GeneratedList.table(
                "tables",
                List.of("table", "set", "`log_time` is", "a row is identified by"),
                exports.stream()
                        .map(export -> List.of(
                                "`" + export.name() + "`",
                                "`" + export.set().text() + "`",
                                "`" + export.logTimeRule() + "`",
                                "`" + String.join("`, `", export.key()) + "`"))
                        .toList());
    }

    /** In the order in which they are created; optional views last. */
    private static GeneratedList views(Path root, SqlFile health) {
        List<SqlFile> views = new ArrayList<>();
        for (SqlFile view : SqlFile.in(root.resolve(VIEWS))) {
            views.add(view.name().equals(health.name()) ? health : view);
        }
        List<SqlFile> ordered = new ArrayList<>(ViewOrder.of(views, SqlFile::name, SqlFile::text));
        ordered.addAll(SqlFile.in(root.resolve(VIEWS + "optional")));
        return GeneratedList.table(
                "views",
                List.of("view", "content"),
                ordered.stream()
                        .map(view -> List.of("`" + view.name() + "`", view.header("about")))
                        .toList());
    }

    private static GeneratedList queries(Path root) {
        return GeneratedList.table(
                "queries",
                List.of("query", "question", "covers", "parameters"),
                SqlFile.in(root.resolve(MODULE + "queries")).stream()
                        .map(query -> List.of(
                                "`" + query.name() + "`",
                                query.header("question"),
                                query.header("covers"),
                                query.header("parameters")))
                        .toList());
    }

    /** Paths of the rendered files whose content in a repository is another, or that it lacks. */
    List<String> outdated(Path root) {
        return files.entrySet().stream()
                .filter(file -> !Files.exists(root.resolve(file.getKey()))
                        || !text(root.resolve(file.getKey())).equals(file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Paths of the tables' files in a repository that are not rendered any more. */
    List<String> obsolete(Path root) {
        Path folder = root.resolve(TABLES);
        return Files.isDirectory(folder)
                ? SqlFile.in(folder).stream()
                        .map(file -> TABLES + file.name() + SqlFile.ENDING)
                        .filter(file -> !files.containsKey(file))
                        .toList()
                : List.of();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
