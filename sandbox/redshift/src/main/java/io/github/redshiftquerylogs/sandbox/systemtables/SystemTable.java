package io.github.redshiftquerylogs.sandbox.systemtables;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A system table as a cluster shows it.
 *
 * @param name lower case, such as {@code stl_query}
 * @param columns in the order of {@code SELECT *}
 */
public record SystemTable(String name, List<SystemColumn> columns) {

    public SystemTable {
        columns = List.copyOf(columns);
    }

    /** The names of its columns, in order. */
    public List<String> columnNames() {
        return columns.stream().map(SystemColumn::name).toList();
    }

    /** Whether the table has a column with this name. */
    public boolean has(String column) {
        return columns.stream().anyMatch(c -> c.name().equals(column));
    }

    public String createStatement() {
        return columns.stream()
                .map(c -> c.name() + " " + c.sqlType())
                .collect(Collectors.joining(", ", "create table " + name + " (", ")"));
    }
}
