package io.github.redshiftquerylogs.sandbox.workload;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A statement and all that it leaves in the system tables.
 *
 * @param shape what is special about it
 * @param query its query id, the first one where its shape takes several
 * @param end when it ends, the first one where it ends several times (UTC)
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
