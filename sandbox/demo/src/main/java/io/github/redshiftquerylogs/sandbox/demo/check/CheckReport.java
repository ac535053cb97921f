package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import java.util.List;

/**
 * What the comparison found.
 *
 * @param tables each table of each cluster
 */
public record CheckReport(List<TableCheck> tables) {

    /**
     * One table of one cluster.
     *
     * @param rows how many rows the lake has
     * @param problems what is wrong; nothing if all is well
     */
    public record TableCheck(String cluster, String table, long rows, List<String> problems) {}

    public boolean passed() {
        return !tables.isEmpty()
                && tables.stream().allMatch(table -> table.problems().isEmpty());
    }

    public String render() {
        TextTable table = new TextTable(List.of("cluster", "table", "rows", "lake = ledger = source"));
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
        return text.toString();
    }
}
