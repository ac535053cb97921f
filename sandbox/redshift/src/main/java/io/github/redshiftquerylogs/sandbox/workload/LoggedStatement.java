package io.github.redshiftquerylogs.sandbox.workload;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A statement and its rows in the system tables.
 *
 * @param shape the shape of the statement
 * @param query its query id, the first one if it has several
 * @param end its end (UTC), the first one if it ends several times
 * @param rows its rows in all tables
 */
public record LoggedStatement(QueryShape shape, int query, LocalDateTime end, List<LogRow> rows) {

    public LoggedStatement {
        rows = List.copyOf(rows);
    }

    /** Its rows in one table. */
    public List<LogRow> rows(String table) {
        return rows.stream().filter(row -> row.table().equals(table)).toList();
    }
}
