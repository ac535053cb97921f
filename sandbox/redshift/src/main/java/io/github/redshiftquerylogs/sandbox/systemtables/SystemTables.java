package io.github.redshiftquerylogs.sandbox.systemtables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The system tables of the stand-in, with the columns that the documentation of Redshift lists: one file
 * {@code columns/<table>.tsv} per table of the first release, {@code columns/stl/<table>.tsv} per further STL, SVL or SVCS
 * table, {@code columns/stl-large/<table>.tsv} per one that has several rows per query, {@code columns/sys/<view>.tsv} per
 * SYS monitoring view, {@code columns/states/<table>.tsv} per table of states. Adding a file adds the table.
 *
 * <p>Deliberately independent of the exporter's declarations: the expected rows must not be derived from the code under
 * test.
 */
public final class SystemTables {

    private static final String FOLDER = "columns";
    private static final String STL_FOLDER = FOLDER + "/stl";
    private static final String STL_LARGE_FOLDER = FOLDER + "/stl-large";
    private static final String SYS_FOLDER = FOLDER + "/sys";
    private static final String STATES_FOLDER = FOLDER + "/states";
    private static final String ENDING = ".tsv";
    private static final String SERVERLESS_ONLY = "sys_serverless_usage";

    private SystemTables() {}

    /** The tables of a provisioned cluster of this patch level without its SYS views, by name. */
    public static List<SystemTable> tables(Patch patch) {
        return bundled(FOLDER, patch);
    }

    /** The tables of a provisioned cluster and its further STL and SVCS tables that are not large. */
    public static List<SystemTable> withFurther(Patch patch) {
        return Stream.concat(tables(patch).stream(), bundled(STL_FOLDER, patch).stream())
                .toList();
    }

    /** All STL, SVL and SVCS tables of a provisioned cluster, without its SYS views. */
    public static List<SystemTable> withLarge(Patch patch) {
        return Stream.concat(withFurther(patch).stream(), bundled(STL_LARGE_FOLDER, patch).stream())
                .toList();
    }

    /** The tables and SYS views of a provisioned cluster. */
    public static List<SystemTable> provisioned(Patch patch) {
        return Stream.concat(
                        tables(patch).stream(),
                        serverless(patch).stream().filter(view -> !view.name().equals(SERVERLESS_ONLY)))
                .toList();
    }

    /** What a Serverless workgroup has: SYS views only. */
    public static List<SystemTable> serverless(Patch patch) {
        return bundled(SYS_FOLDER, patch);
    }

    /** Statements that create the tables of states, which have no logged rows: with the types as documented. */
    public static List<String> createStates() {
        return bundled(STATES_FOLDER, SystemTables::createStates);
    }

    private static List<String> createStates(Path folder) {
        return files(folder).stream()
                .map(file -> cells(file)
                        .map(cells -> "\"" + cells[0] + "\" " + cells[1])
                        .collect(Collectors.joining(", ", "create table " + name(file) + " (", ")")))
                .toList();
    }

    private static List<SystemTable> bundled(String folder, Patch patch) {
        return bundled(folder, path -> tablesIn(path, patch));
    }

    private static <T> T bundled(String folder, Function<Path, T> read) {
        Path code = codeLocation();
        if (Files.isDirectory(code)) {
            return read.apply(code.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(code)) {
            return read.apply(jar.getPath(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tables in " + code, e);
        }
    }

    private static Path codeLocation() {
        try {
            return Path.of(SystemTables.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot locate the tables: " + e.getMessage(), e);
        }
    }

    /** The tables of a folder of {@code <table>.tsv} files for a cluster of this patch level, by name. */
    public static List<SystemTable> tablesIn(Path folder, Patch patch) {
        return files(folder).stream().map(file -> read(file, patch)).toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the tables in " + folder, e);
        }
    }

    /**
     * One table of a cluster of this patch level.
     *
     * @throws IllegalArgumentException if it is not in the catalogue
     */
    public static SystemTable table(String name, Patch patch) {
        return tables(patch).stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table '" + name + "' in the catalogue"));
    }

    private static SystemTable read(Path file, Patch patch) {
        return new SystemTable(
                name(file),
                cells(file)
                        .map(cells -> SystemColumn.parse(cells[0], cells[1], cells[2]))
                        .filter(column -> patch == Patch.NEWER || !column.added())
                        .toList());
    }

    private static String name(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.substring(0, fileName.length() - ENDING.length());
    }

    /** Name, type and description of each column. */
    private static Stream<String[]> cells(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines
                    .filter(line -> !line.startsWith("#"))
                    .skip(1) // the heading
                    .map(line -> line.split("\t", -1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
