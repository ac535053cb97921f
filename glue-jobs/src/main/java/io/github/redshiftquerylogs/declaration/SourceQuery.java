package io.github.redshiftquerylogs.declaration;

import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with the bounds {@code :from} (exclusive) and {@code :to} (inclusive). Bounds are replaced by timestamp
 * literals with six decimals rather than bound as parameters, so that neither driver nor session applies a time zone.
 *
 * @param template the query text with both bounds
 */
public record SourceQuery(String template) {

    /** The first column of every query: when the logged event finished (UTC). */
    public static final String LOG_TIME = "log_time";

    private static final Pattern BOUND = Pattern.compile("(?<![:\\w]):(from|to)\\b");
    private static final DateTimeFormatter SIX_DECIMALS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final String NUMBER = ", cast(count(*) as bigint)";
    /** Earlier than any row of a system table. */
    public static final LocalDateTime BEGINNING = LocalDateTime.of(1970, 1, 1, 0, 0);

    /**
     * The query of a snapshot: {@code :to} is the time of all its rows. So a snapshot is read like a window that contains
     * this time.
     *
     * @param sql a query without bounds
     */
    static SourceQuery ofSnapshot(String sql) {
        return new SourceQuery("select :to as " + LOG_TIME + ", taken.* from (\n" + sql + "\n) taken");
    }

    /**
     * A query of somebody else, which only runs within parentheses.
     *
     * @param sql a query with both bounds
     */
    static SourceQuery ofDerivedTable(String sql) {
        return new SourceQuery("select * from (\n" + sql + "\n) own");
    }

    /** Whether a text has one of the bounds. */
    static boolean hasBound(String sql) {
        return BOUND.matcher(sql).find();
    }

    /** The query for the rows of a window. */
    public String rows(Window window) {
        return bind(window.from(), window.to());
    }

    /**
     * The query for the rows of a window, with other names of its columns.
     *
     * @param names one for each column, in their order; letters, digits and underscores
     */
    public String rowsWithNames(Window window, List<String> names) {
        return "select * from (" + rows(window) + "\n) renamed (\"" + String.join("\", \"", names) + "\")";
    }

    /** The query with all of the time up to an upper bound. */
    public String upTo(LocalDateTime to) {
        return bind(BEGINNING, to);
    }

    /** A query that returns the columns and no rows. */
    public String columns() {
        return "select * from (" + bind(BEGINNING, BEGINNING) + "\n) described limit 0";
    }

    /**
     * A query for the smallest {@code log_time} of a window; its result is null if the window has no rows. A row whose
     * {@code log_time} is null counts as {@link #BEGINNING}, which lies outside every window, so that such a row is not
     * mistaken for an empty window.
     */
    public String firstRow(Window window) {
        return first(window, "");
    }

    /** A query for the smallest {@code log_time} of a window, as {@link #firstRow}, and the number of its rows. */
    public String firstRowAndNumber(Window window) {
        return first(window, NUMBER);
    }

    /** The same query for a source that has a column {@value #LOG_TIME} of its own; see {@link #firstRowByPosition}. */
    public String firstRowAndNumberByPosition(Window window) {
        return firstByPosition(window, NUMBER);
    }

    /**
     * The same query for a source that has a column {@value #LOG_TIME} of its own: the first column is taken by its position.
     */
    public String firstRowByPosition(Window window) {
        return firstByPosition(window, "");
    }

    private String first(Window window, String more) {
        return first(window, more, LOG_TIME, "");
    }

    private String firstByPosition(Window window, String more) {
        return first(window, more, "first_column", " (first_column)");
    }

    private String first(Window window, String more, String time, String alias) {
        return "select min(coalesce(" + time + ", " + literal(BEGINNING) + "))" + more + " from (" + rows(window)
                + "\n) described" + alias;
    }

    /**
     * A query for the number of rows of each hour of a window: the hour's beginning and the number, for hours with rows. A
     * missing {@code log_time} counts as in {@link #firstRow}.
     */
    public String rowsByHour(Window window) {
        return rowsByHour(window, LOG_TIME, "");
    }

    /** The same query for a source that has a column {@value #LOG_TIME} of its own; see {@link #firstRowByPosition}. */
    public String rowsByHourByPosition(Window window) {
        return rowsByHour(window, "first_column", " (first_column)");
    }

    private String rowsByHour(Window window, String time, String alias) {
        return "select date_trunc('hour', coalesce(" + time + ", " + literal(BEGINNING)
                + ")), cast(count(*) as bigint) from (" + rows(window) + "\n) counted" + alias + " group by 1";
    }

    private String bind(LocalDateTime from, LocalDateTime to) {
        return BOUND.matcher(template)
                .replaceAll(
                        match -> Matcher.quoteReplacement(literal(match.group(1).equals("from") ? from : to)));
    }

    static String literal(LocalDateTime time) {
        return "timestamp '" + SIX_DECIMALS.format(time) + "'";
    }
}
