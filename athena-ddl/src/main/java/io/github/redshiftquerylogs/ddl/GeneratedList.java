package io.github.redshiftquerylogs.ddl;

import java.util.List;

/**
 * A list in a Markdown page between two comments that name it: {@code <!-- begin views -->} and
 * {@code <!-- end views -->}. What lies between them is generated; the rest of the page is written by hand.
 *
 * @param name the name in both comments
 * @param text what lies between the comments
 */
record GeneratedList(String name, String text) {

    private static final int WIDTH = 120;

    /** A table of Markdown, on lines of its own. */
    static GeneratedList table(String name, List<String> headings, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("\n");
        appendRow(table, headings);
        table.append("|---".repeat(headings.size())).append("|\n");
        rows.forEach(row -> appendRow(table, row));
        return new GeneratedList(name, table.toString());
    }

    private static void appendRow(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /**
     * Names within a sentence, as code, separated by commas and wrapped.
     *
     * @param indent blanks before each line, as in the item of a list
     */
    static GeneratedList names(String name, List<String> names, int indent) {
        StringBuilder text = new StringBuilder();
        int column = WIDTH;
        for (int i = 0; i < names.size(); i++) {
            String item = "`" + names.get(i) + "`" + (i < names.size() - 1 ? "," : "");
            if (column + 1 + item.length() > WIDTH) {
                text.append('\n').append(" ".repeat(indent)).append(item);
                column = indent + item.length();
            } else {
                text.append(' ').append(item);
                column += 1 + item.length();
            }
        }
        return new GeneratedList(name, text.toString());
    }

    /**
     * The page with this list between its comments.
     *
     * @param file the name of the page, for the message
     * @throws IllegalStateException if the page lacks one of the comments
     */
    String in(String file, String page) {
        String begin = "<!-- begin " + name + " -->";
        String end = "<!-- end " + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(
                    file + " has no generated list '" + name + "': expected " + begin + " and, after it, " + end);
        }
        return page.substring(0, from + begin.length()) + text + page.substring(to);
    }
}
