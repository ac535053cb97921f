package io.github.redshiftquerylogs.declaration;

import java.util.List;
import java.util.Optional;

/**
 * One export: what is read from a cluster, and the table of the lake that it is kept in.
 *
 * <p>Name, key and log-time rule of a table never change: another definition is another name.
 *
 * @param name of the table in the lake
 * @param sql the query; gives {@code log_time} and the columns of rows with {@code :from < log_time <= :to}
 * @param logTimeRule names what {@code log_time} is
 * @param key the columns that tell one row from another
 * @param columns in the order of the lake's table
 * @param reread whether a day that is over may be read again to complete it
 */
public record ExportDeclaration(
        String name,
        SourceQuery sql,
        String logTimeRule,
        List<String> key,
        List<DeclaredColumn> columns,
        boolean reread) {

    /** The column with this name, if it is declared. */
    public Optional<DeclaredColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
