package io.github.redshiftquerylogs.sandbox.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The views whose rows change until what they show has ended, and the columns that tell their rows apart. */
final class StateViews {

    private static final Map<String, List<String>> IDENTITY = Map.of(
            "sys_query_history", List.of("query_id"),
            "sys_query_text", List.of("query_id", "sequence"),
            "sys_query_detail", List.of("query_id", "stream_id", "segment_id", "step_id", "metrics_level"),
            "sys_load_history", List.of("query_id"),
            "sys_load_detail", List.of("query_id", "file_name"),
            "sys_unload_history", List.of("query_id"),
            "sys_vacuum_history", List.of("transaction_id", "table_id"));

    private StateViews() {}

    /** The columns of the identity; empty if rows of the table never change. */
    static List<String> identityColumns(String table) {
        return IDENTITY.getOrDefault(table, List.of());
    }

    /** The same for all versions of a row; empty if rows of its table never change. */
    static Optional<Identity> identity(LogRow row) {
        List<String> columns = identityColumns(row.table());
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(row.values().get(column)));
        return Optional.of(new Identity(row.table(), values));
    }

    /**
     * Identifies a row that changes.
     *
     * @param table its table
     * @param values of the identifying columns, in their order
     */
    record Identity(String table, List<@Nullable Object> values) {}
}
