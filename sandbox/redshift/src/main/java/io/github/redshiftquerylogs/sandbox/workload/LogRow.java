package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a system table, and the time at which it becomes visible.
 *
 * @param table such as {@code stl_query}
 * @param values by column name: Integer, Long, LocalDateTime, String or null
 * @param logTime the end of the logged event (UTC)
 * @param visible the source's time from which the row can be read (UTC); at or shortly after {@code logTime}, apart from
 *     rows of {@linkplain StateViews views whose rows change}
 * @param entry whether a complete lake has it
 */
public record LogRow(
        String table, Map<String, @Nullable Object> values, LocalDateTime logTime, LocalDateTime visible, Entry entry) {

    /** Whether a complete lake has a row; decides how the {@link Ledger} enters it. */
    public enum Entry {
        /** It must be there. */
        REQUIRED,
        /** It may be there: it is final after its time may have been read, or its status is unknown. */
        OPTIONAL,
        /** It must not be there: the statement has not ended. */
        NONE
    }

    /**
     * The values for the columns of a cluster's table, in their order.
     *
     * @throws IllegalStateException if it has no value for a column
     */
    List<@Nullable String> canonical(SystemTable definition) {
        List<@Nullable String> canonical = new ArrayList<>(definition.columns().size());
        for (SystemColumn column : definition.columns()) {
            if (!values.containsKey(column.name())) {
                throw new IllegalStateException("no value for " + table + "." + column.name());
            }
            canonical.add(CanonicalText.plain(column, values.get(column.name())));
        }
        return canonical;
    }
}
