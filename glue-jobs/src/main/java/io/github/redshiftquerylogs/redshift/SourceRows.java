package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a result, read one at a time. */
public interface SourceRows {

    /** The columns, in the order of the indexes of {@link #value}. */
    List<SourceColumn> columns();

    /**
     * Moves to the next row; false after the last one.
     *
     * @throws SourceException if rows are missing
     */
    boolean next();

    /**
     * A value of the current row: Integer, Long, Double, Boolean, LocalDate, LocalDateTime, String or null.
     *
     * @param type a type that holds all values of the column
     */
    @Nullable Object value(int index, ColumnType type);
}
