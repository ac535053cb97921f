package io.github.redshiftquerylogs.sandbox.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a row, column by column. */
final class RowValues {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /** @param value Integer, Long, LocalDateTime, String or null */
    RowValues set(String column, @Nullable Object value) {
        values.put(column, value);
        return this;
    }

    /** The values by column name, unmodifiable. */
    Map<String, @Nullable Object> byColumn() {
        return values;
    }
}
