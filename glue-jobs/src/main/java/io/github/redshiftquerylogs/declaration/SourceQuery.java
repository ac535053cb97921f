package io.github.redshiftquerylogs.declaration;

import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with the bounds {@code :from} (exclusive) and {@code :to} (inclusive). Bounds are written as timestamp
 * literals with six decimals, so that no driver or session brings a zone into them.
 *
 * @param template the text with both bounds in it
 */
public record SourceQuery(String template) {

    /** The name of the first column of every query: when the thing finished, UTC. */
    public static final String LOG_TIME = "log_time";

    private static final Pattern BOUND = Pattern.compile("(?<![:\\w]):(from|to)\\b");
    private static final DateTimeFormatter SIX_DECIMALS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    /** Before any row that a system table can hold. */
    public static final LocalDateTime BEGINNING = LocalDateTime.of(1970, 1, 1, 0, 0);

    /** The rows of a window. */
    public String rows(Window window) {
        return bind(window.from(), window.to());
    }

    /** The columns, without a row. */
    public String columns() {
        return "select * from (" + bind(BEGINNING, BEGINNING) + "\n) described limit 0";
    }

    /**
     * The {@code log_time} of the first row of a window; null if it has none. A row without a {@code log_time} counts as
     * one at {@link #BEGINNING}, which no window holds: it must not look as if there were no row.
     */
    public String firstRow(Window window) {
        return "select min(coalesce(" + LOG_TIME + ", " + literal(BEGINNING) + ")) from (" + rows(window)
                + "\n) described";
    }

    private String bind(LocalDateTime from, LocalDateTime to) {
        return BOUND.matcher(template)
                .replaceAll(
                        match -> Matcher.quoteReplacement(literal(match.group(1).equals("from") ? from : to)));
    }

    private static String literal(LocalDateTime time) {
        return "timestamp '" + SIX_DECIMALS.format(time) + "'";
    }
}
