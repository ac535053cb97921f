package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one table that one step writes; of a row that changes, the last version. */
final class DueRows {

    private final SystemTable table;
    private final List<LogRow> logged = new ArrayList<>();
    private final Map<StateViews.Identity, LogRow> states = new LinkedHashMap<>();

    DueRows(SystemTable table) {
        this.table = table;
    }

    /** Adds a row; rows are added in the order in which they become visible. */
    void add(LogRow row) {
        StateViews.identity(row).ifPresentOrElse(identity -> states.put(identity, row), () -> logged.add(row));
    }

    /**
     * Writes the rows.
     *
     * @param shown the rows that the source shows in an earlier version, which is replaced
     */
    void write(Connection connection, Set<StateViews.Identity> shown) throws SQLException, IOException {
        List<StateViews.Identity> replaced =
                states.keySet().stream().filter(shown::contains).toList();
        if (!replaced.isEmpty()) {
            delete(connection, replaced);
        }
        CopyText.insert(connection, table, canonical(rows()));
    }

    private void delete(Connection connection, List<StateViews.Identity> identities) throws SQLException {
        String condition = StateViews.identityColumns(table.name()).stream()
                .map(column -> column + " = ?")
                .collect(Collectors.joining(" and "));
        try (PreparedStatement delete =
                connection.prepareStatement("delete from " + table.name() + " where " + condition)) {
            for (StateViews.Identity identity : identities) {
                for (int i = 0; i < identity.values().size(); i++) {
                    delete.setObject(i + 1, identity.values().get(i));
                }
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** Enters the rows in the ledger, after they were committed. */
    void enter(Ledger ledger, Set<StateViews.Identity> shown) {
        shown.addAll(states.keySet());
        ledger.append(table.name(), rows());
    }

    private List<LogRow> rows() {
        List<LogRow> rows = new ArrayList<>(logged);
        rows.addAll(states.values());
        return rows;
    }

    private List<List<@Nullable String>> canonical(List<LogRow> rows) {
        return rows.stream().map(row -> row.canonical(table)).toList();
    }
}
