package io.github.redshiftquerylogs.declaration;

import io.github.redshiftquerylogs.window.Window;
import java.util.List;
import java.util.StringJoiner;

/**
 * A query for the smallest {@code log_time} of each of several windows, of one table or of several, in one statement, so that
 * the source answers for all of them at one moment. Its result is one row with a column for each window. A column is null if
 * its window has no rows; a missing {@code log_time} counts as in {@link SourceQuery#firstRow}.
 *
 * @param parts the windows, in the order of the columns
 */
public record FirstRows(List<Part> parts) {

    /**
     * One window of one table.
     *
     * @param query the table's query
     * @param window the window
     */
    public record Part(SourceQuery query, Window window) {}

    public FirstRows {
        parts = List.copyOf(parts);
    }

    /** The query for windows of one table. */
    public static FirstRows of(SourceQuery query, List<Window> windows) {
        return new FirstRows(
                windows.stream().map(window -> new Part(query, window)).toList());
    }

    /** The SQL. */
    public String sql() {
        return sql(SourceQuery.LOG_TIME, "");
    }

    /**
     * The SQL for sources that have a column {@value SourceQuery#LOG_TIME} of their own; see {@link
     * SourceQuery#firstRowByPosition}.
     */
    public String sqlByPosition() {
        return sql("first_column", " (first_column)");
    }

    private String sql(String time, String alias) {
        StringJoiner columns = new StringJoiner(", ", "select ", "");
        StringJoiner union = new StringJoiner(" union all ", " from (", ") parts");
        for (int part = 0; part < parts.size(); part++) {
            columns.add("min(case when part = " + part + " then shown end)");
            union.add("select " + part + " as part, coalesce(" + time + ", "
                    + SourceQuery.literal(SourceQuery.BEGINNING) + ") as shown from ("
                    + parts.get(part).query().rows(parts.get(part).window()) + "\n) part_" + part + alias);
        }
        return columns.toString() + union;
    }
}
