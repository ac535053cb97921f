package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a result, one at a time, as they arrive from the cluster. */
public final class SourceRows {

    private final ResultSet rows;
    private final List<SourceColumn> columns;

    SourceRows(ResultSet rows, List<SourceColumn> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** The columns, in the order of {@link #value}. */
    public List<SourceColumn> columns() {
        return columns;
    }

    /** Goes to the next row; false after the last. */
    public boolean next() throws SQLException {
        return rows.next();
    }

    /**
     * A value of the current row: Integer, Long, Double, Boolean, LocalDate, LocalDateTime or String; or null.
     *
     * @param type one that holds the column's values
     */
    public @Nullable Object value(int index, ColumnType type) throws SQLException {
        return SourceSession.value(rows, index + 1, type);
    }
}
