package io.github.redshiftquerylogs.sandbox.demo.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows with headings, as text for a terminal; numbers to the right. */
public final class TextTable {

    private static final int WIDEST = 48;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> headings) {
        this.headings = headings;
    }

    public void add(List<String> row) {
        rows.add(row.stream().map(TextTable::shorten).toList());
    }

    /** How many rows it has. */
    public int size() {
        return rows.size();
    }

    /** The table, each line indented, with a line below the headings. */
    public String render() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            int width = headings.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        StringBuilder text = new StringBuilder();
        append(text, headings, widths);
        append(text, widths.stream().map("─"::repeat).toList(), widths);
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private void append(StringBuilder text, List<String> cells, List<Integer> widths) {
        text.append("  ");
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths.get(column) - cell.length());
            text.append(isNumeric(column) ? padding + cell : cell + padding).append("  ");
        }
        text.setLength(text.toString().stripTrailing().length());
        text.append('\n');
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).matches("-?\\d+(\\.\\d+)?|"))
                && rows.stream().anyMatch(row -> !row.get(column).isEmpty());
    }

    private static String shorten(String cell) {
        String line = cell.replaceAll("\\s+", " ").strip();
        return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
    }
}
