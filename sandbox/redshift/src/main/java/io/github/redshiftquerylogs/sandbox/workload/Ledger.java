package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    private final Map<String, List<Entered>> rows = new LinkedHashMap<>();
    private final Map<String, List<Entered>> optional = new LinkedHashMap<>();

    /** A row as generated, and the end of what it is about. */
    private record Entered(LocalDateTime logTime, List<@Nullable String> values) {}

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

    /** Adds rows of a table; those that no lake has are left out, see {@link LogRow.Entry}. */
    synchronized void append(String table, List<LogRow> committed) {
        SystemTable definition = table(table);
        for (LogRow row : committed) {
            Entered entered = new Entered(row.logTime(), row.canonical(definition));
            switch (row.entry()) {
                case REQUIRED -> entries(rows, table).add(entered);
                case OPTIONAL -> entries(optional, table).add(entered);
                case NONE -> {}
            }
        }
    }

    /** The number of rows by table, 0 for a table without rows. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.forEach((table, entered) -> counts.put(table, (long) entered.size()));
        return counts;
    }

    /** The rows of a table as generated, in the order in which they became visible; a copy. */
    public synchronized List<List<@Nullable String>> rows(String table) {
        return entries(rows, table).stream().map(Entered::values).collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * The expected rows of the source and of a complete lake, with their number of occurrences. Values are as {@link
     * CanonicalText#of} returns them for values that are read there.
     */
    public Map<List<@Nullable String>, Long> multiset(String table) {
        return multiset(table, LocalDateTime.MAX);
    }

    /** The same, of a lake that is complete up to a time, which is included. */
    public synchronized Map<List<@Nullable String>, Long> multiset(String table, LocalDateTime readUpTo) {
        return shown(table, entries(rows, table), readUpTo);
    }

    /**
     * The rows that a complete lake may have as well, each at most as often as here. Rows of views whose rows change only:
     * those that became final after their time may have been read, and those of an unknown status.
     */
    public synchronized Map<List<@Nullable String>, Long> optional(String table) {
        return shown(table, entries(optional, table), LocalDateTime.MAX);
    }

    private Map<List<@Nullable String>, Long> shown(String table, List<Entered> entered, LocalDateTime readUpTo) {
        SystemTable definition = table(table);
        Map<List<@Nullable String>, Long> multiset = new LinkedHashMap<>();
        for (Entered one : entered) {
            if (one.logTime().isAfter(readUpTo)) {
                continue;
            }
            List<@Nullable String> row = one.values();
            List<@Nullable String> shown = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                shown.add(CanonicalText.ofGenerated(definition.columns().get(i), row.get(i)));
            }
            multiset.merge(shown, 1L, Long::sum);
        }
        return multiset;
    }

    private static List<Entered> entries(Map<String, List<Entered>> entries, String table) {
        List<Entered> found = entries.get(table);
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
