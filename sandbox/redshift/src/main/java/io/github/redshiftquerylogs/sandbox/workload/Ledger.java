package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every row that a cluster's workload has committed, written down by the one who wrote it: what the lake is checked
 * against. It knows the catalogue and nothing of the exporter.
 *
 * <ul>
 *   <li>Rows are kept as generated, that is, without the padding of fixed-length columns.
 *   <li>Values are in the order of the catalogue's columns.
 *   <li>Thread-safe. A row is entered after its commit, so between the two a source is ahead of its ledger.
 * </ul>
 */
public final class Ledger {

    private final Map<String, SystemTable> tables = new LinkedHashMap<>();
    private final Map<String, List<List<@Nullable String>>> rows = new LinkedHashMap<>();

    /** An empty ledger of a cluster that has these tables. */
    public Ledger(List<SystemTable> tables) {
        for (SystemTable table : tables) {
            this.tables.put(table.name(), table);
            this.rows.put(table.name(), new ArrayList<>());
        }
    }

    /** Its tables, as the cluster shows them. */
    public List<SystemTable> tables() {
        return List.copyOf(tables.values());
    }

    /** Enters rows, their values as {@link CanonicalText} in the order of the columns, but unpadded. */
    synchronized void append(String table, List<List<@Nullable String>> committed) {
        rowsOf(table).addAll(committed);
    }

    /** Rows per table; a table without rows is there with 0. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.forEach((table, entered) -> counts.put(table, (long) entered.size()));
        return counts;
    }

    /** The rows of a table as generated, in the order in which they became visible; a copy. */
    public synchronized List<List<@Nullable String>> rows(String table) {
        return new ArrayList<>(rowsOf(table));
    }

    /**
     * How often each row has to be found in the source, and in a lake that holds all of it: rows as {@link
     * CanonicalText#of} gives them for values read there.
     */
    public Map<List<@Nullable String>, Long> multiset(String table) {
        SystemTable definition = table(table);
        Map<List<@Nullable String>, Long> multiset = new LinkedHashMap<>();
        for (List<@Nullable String> row : rows(table)) {
            List<@Nullable String> shown = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                shown.add(CanonicalText.ofGenerated(definition.columns().get(i), row.get(i)));
            }
            multiset.merge(shown, 1L, Long::sum);
        }
        return multiset;
    }

    private List<List<@Nullable String>> rowsOf(String table) {
        List<List<@Nullable String>> found = rows.get(table);
        if (found == null) {
            throw new IllegalArgumentException("no table '" + table + "' in this ledger");
        }
        return found;
    }

    private SystemTable table(String name) {
        SystemTable found = tables.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no table '" + name + "' in this ledger");
        }
        return found;
    }
}
