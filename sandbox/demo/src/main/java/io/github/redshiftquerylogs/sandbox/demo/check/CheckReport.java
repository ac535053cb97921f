package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of the comparison.
 *
 * @param tables an entry for each table of each cluster
 * @param notCompared exports whose rows nobody but the exporter knows
 */
public record CheckReport(List<TableCheck> tables, List<String> notCompared) {

    /**
     * One table of one cluster.
     *
     * @param rows the number of rows in the lake
     * @param problems the differences; empty if there are none
     * @param differences the same as numbers, of logs only
     */
    public record TableCheck(String cluster, String table, long rows, List<String> problems, Differences differences) {

        /** A table that is no log. */
        public TableCheck(String cluster, String table, long rows, List<String> problems) {
            this(cluster, table, rows, problems, Differences.NONE);
        }

        TableCheck withProblem(String problem) {
            List<String> all = new ArrayList<>(problems);
            all.add(problem);
            return new TableCheck(cluster, table, rows, all, differences);
        }
    }

    public boolean passed() {
        return !tables.isEmpty()
                && tables.stream().allMatch(table -> table.problems().isEmpty());
    }

    public String render() {
        TextTable table = new TextTable(List.of("cluster", "table", "rows", "lake = source"));
        tables.forEach(check -> table.add(List.of(
                check.cluster(),
                check.table(),
                Long.toString(check.rows()),
                check.problems().isEmpty() ? "yes" : "NO")));
        StringBuilder text = new StringBuilder(table.render());
        tables.forEach(check -> check.problems()
                .forEach(problem -> text.append("  ✗ ")
                        .append(check.cluster())
                        .append(' ')
                        .append(check.table())
                        .append(": ")
                        .append(problem)
                        .append('\n')));
        notCompared.forEach(
                export -> text.append("  · not compared: ").append(export).append('\n'));
        return text.append("  ").append(total()).append('\n').toString();
    }

    /** The number of rows that were compared. */
    public long rows() {
        return tables.stream().mapToLong(TableCheck::rows).sum();
    }

    /** How the logs of all clusters differ. */
    public Differences differences() {
        return tables.stream().map(TableCheck::differences).reduce(Differences.NONE, Differences::plus);
    }

    private String total() {
        long clusters = tables.stream().map(TableCheck::cluster).distinct().count();
        return rows() + " rows in " + tables.size() + " tables of " + clusters + " clusters were compared";
    }
}
