package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a result, one at a time, as they arrive. */
public interface SourceRows {

    /** The columns, in the order of {@link #value}. */
    List<SourceColumn> columns();

    /**
     * Goes to the next row; false after the last.
     *
     * @throws SourceException if they are not all there
     */
    boolean next();

    /**
     * A value of the current row: Integer, Long, Double, Boolean, LocalDate, LocalDateTime or String; or null.
     *
     * @param type one that holds the column's values
     */
    @Nullable Object value(int index, ColumnType type);
}
