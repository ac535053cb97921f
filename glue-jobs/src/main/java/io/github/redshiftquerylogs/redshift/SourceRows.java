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
     * A value of the current row: Integer, Long, Double, Boolean, LocalDate, LocalDateTime, String or null; or a {@link
     * ReplacedValue} if it cannot be taken over as it is. Times may be outside of what the lake holds.
     *
     * @param type a type that holds all values of the column
     */
    @Nullable Object value(int index, ColumnType type);
}
