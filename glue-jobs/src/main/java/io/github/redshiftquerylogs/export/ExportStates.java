package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.lake.RecordTable;
import io.github.redshiftquerylogs.lake.TableDefinition;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table {@code export_states}: which exports a cluster has, and which of them cannot be read. The rows of a cluster with
 * its greatest {@code log_time} are its state now: all selected exports. They are appended when one of them has changed.
 */
final class ExportStates {

    private static final String EXPORT = "export";
    private static final String STATE = "state";
    private static final String REASON = "reason";
    /** The state of an export that can be read; the others are those of {@link Unavailable}. */
    private static final String READ = "exported";

    private final RecordTable table;

    ExportStates(RecordTable table) {
        this.table = table;
    }

    /** {@code log_time} is the upper bound of the run that found the states. */
    static TableDefinition definition() {
        return TableDefinition.ofRecords(
                "export_states", "found_at", List.of(EXPORT), List.of(column(EXPORT), column(STATE), column(REASON)));
    }

    private static DeclaredColumn column(String name) {
        return new DeclaredColumn(name, ColumnType.STRING, Blanks.PADDING);
    }

    /**
     * Appends the states if they differ from the last ones.
     *
     * @param foundAt the upper bound of the run, UTC
     */
    void record(List<TableSummary> tables, LocalDateTime foundAt, Map<String, String> evidence) {
        List<Map<String, Object>> states = new ArrayList<>();
        tables.forEach(summary -> states.add(values(summary)));
        table.appendIfChanged(foundAt, states, last -> !known(last).equals(Set.copyOf(states)), evidence);
    }

    private static Map<String, Object> values(TableSummary summary) {
        Map<String, Object> values = new HashMap<>(Map.of(EXPORT, summary.table(), STATE, READ));
        summary.unavailable().ifPresent(why -> {
            values.put(STATE, why.state().text());
            // the reason of an absent one changes with each question
            if (why.state() != Unavailable.State.ABSENT) {
                values.put(REASON, why.reason());
            }
        });
        return values;
    }

    private static Set<Map<String, Object>> known(List<Map<String, Object>> last) {
        Set<Map<String, Object>> known = new HashSet<>();
        last.forEach(row -> {
            Map<String, Object> values = new HashMap<>(row);
            values.keySet().retainAll(Set.of(EXPORT, STATE, REASON));
            known.add(values);
        });
        return known;
    }
}
