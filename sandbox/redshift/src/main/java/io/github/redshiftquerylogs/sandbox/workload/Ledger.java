package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rows that the workload of a cluster has committed, recorded by the workload itself; the lake is compared with it. It
 * depends on the table catalogue, not on the exporter.
 *
 * <ul>
 *   <li>Rows are stored as generated, that is, without the padding of fixed-length columns.
 *   <li>Values are in the order of the catalogue's columns.
 *   <li>Of views whose rows change it has the final rows only.
 *   <li>Thread-safe. A row is added after its commit, so a source may be ahead of its ledger for a moment.
 * </ul>
 */
public final class Ledger {

    private final Map<String, SystemTable> tables = new LinkedHashMap<>();
    private final Map<String, List<List<@Nullable String>>> rows = new LinkedHashMap<>();
    private final Map<String, List<List<@Nullable String>>> optional = new LinkedHashMap<>();

    /** An empty ledger of a cluster that has these tables. */
    public Ledger(List<SystemTable> tables) {
        for (SystemTable table : tables) {
            this.tables.put(table.name(), table);
            this.rows.put(table.name(), new ArrayList<>());
            this.optional.put(table.name(), new ArrayList<>());
        }
    }

    /** Its tables, as the cluster shows them. */
    public List<SystemTable> tables() {
        return List.copyOf(tables.values());
    }

    /** Adds rows; their values are unpadded {@link CanonicalText} in the order of the columns. */
    synchronized void append(String table, List<List<@Nullable String>> committed) {
        rowsOf(rows, table).addAll(committed);
    }

    /** Adds rows that a complete lake may have or not, see {@link LogRow.Entry#OPTIONAL}. */
    synchronized void appendOptional(String table, List<List<@Nullable String>> committed) {
        rowsOf(optional, table).addAll(committed);
    }

    /** The number of rows by table, 0 for a table without rows. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.forEach((table, entered) -> counts.put(table, (long) entered.size()));
        return counts;
    }

    /** The rows of a table as generated, in the order in which they became visible; a copy. */
    public synchronized List<List<@Nullable String>> rows(String table) {
        return new ArrayList<>(rowsOf(rows, table));
    }

    /**
     * The expected rows of the source and of a complete lake, with their number of occurrences. Values are as {@link
     * CanonicalText#of} returns them for values that are read there.
     */
    public Map<List<@Nullable String>, Long> multiset(String table) {
        return shown(table, rows(table));
    }

    /**
     * The rows that a complete lake may have as well, each at most as often as here. Rows of views whose rows change only:
     * those that became final after their time may have been read, and those of an unknown status.
     */
    public synchronized Map<List<@Nullable String>, Long> optional(String table) {
        return shown(table, new ArrayList<>(rowsOf(optional, table)));
    }

    private Map<List<@Nullable String>, Long> shown(String table, List<List<@Nullable String>> entered) {
        SystemTable definition = table(table);
        Map<List<@Nullable String>, Long> multiset = new LinkedHashMap<>();
        for (List<@Nullable String> row : entered) {
            List<@Nullable String> shown = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                shown.add(CanonicalText.ofGenerated(definition.columns().get(i), row.get(i)));
            }
            multiset.merge(shown, 1L, Long::sum);
        }
        return multiset;
    }

    private static List<List<@Nullable String>> rowsOf(Map<String, List<List<@Nullable String>>> rows, String table) {
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
