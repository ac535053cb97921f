package io.github.redshiftquerylogs.ddl;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The SQL files of this module as they are in the repository. */
final class ModuleFiles {

    /** Tests run in the module's folder. */
    static final Path MODULE = Path.of("").toAbsolutePath();

    static final Path ROOT = MODULE.resolve("..").normalize();
    static final Path QUERIES = MODULE.resolve("queries");
    static final Path VIEWS = MODULE.resolve("views");
    static final Path OPTIONAL_VIEWS = VIEWS.resolve("optional");
    static final Path TABLES = MODULE.resolve("tables");

    private ModuleFiles() {}

    static List<SqlFile> queries() {
        return SqlFile.in(QUERIES);
    }

    static SqlFile query(String name) {
        return SqlFile.read(QUERIES.resolve(name + SqlFile.ENDING));
    }

    /** The views that every installation has, in the order in which they are created. */
    static List<SqlFile> viewsInOrder() {
        return ViewOrder.of(SqlFile.in(VIEWS), SqlFile::name, SqlFile::text);
    }

    /** All views, the optional ones included. */
    static List<SqlFile> views() {
        return Stream.of(VIEWS, OPTIONAL_VIEWS)
                .flatMap(folder -> SqlFile.in(folder).stream())
                .toList();
    }
}
