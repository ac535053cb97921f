package io.github.redshiftquerylogs.sandbox.workload;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a statement, as the STL tables show it.
 *
 * @param id its query id in the SYS views, which is not that of the STL tables
 * @param query its query id in the STL tables; 0 if they log it without one
 * @param number counts the runs of a statement from 0
 * @param userid who ran it
 * @param xid its transaction
 * @param pid its session
 * @param database the database of the session
 * @param label the query group
 * @param text the whole text
 * @param start UTC
 * @param end UTC
 * @param aborted whether it failed or was canceled
 * @param type as {@code sys_query_history.query_type} names it
 */
record Execution(
        int id,
        int query,
        int number,
        int userid,
        long xid,
        int pid,
        String database,
        String label,
        String text,
        LocalDateTime start,
        LocalDateTime end,
        boolean aborted,
        String type) {

    /** Above all ids of the STL tables; ids of both fit an integer column. */
    private static final int FIRST_ID = 500_000_000;

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|--[^\n]*", Pattern.DOTALL);
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\w+)");

    /** The runs that a statement has logged, in the order of its rows. */
    static List<Execution> of(StatementLog log) {
        Map<List<Object>, StringBuilder> texts = new HashMap<>();
        Map<List<Object>, LogRow> utilities = new LinkedHashMap<>();
        List<Execution> found = new ArrayList<>();
        for (LogRow row : log.rows()) {
            switch (row.table()) {
                case "stl_querytext" -> append(texts, List.of(number(row, "query"), number(row, "userid")), row);
                case "stl_ddltext", "stl_utilitytext" -> {
                    utilities.putIfAbsent(List.of(number(row, "xid")), row);
                    append(texts, List.of(number(row, "xid")), row);
                }
                default -> {}
            }
        }
        for (LogRow row : log.rows()) {
            if (row.table().equals("stl_query")) {
                List<Object> key = List.of(number(row, "query"), number(row, "userid"));
                int query = (int) number(row, "query");
                int again =
                        (int) found.stream().filter(run -> run.query() == query).count();
                found.add(of(row, found.size(), FIRST_ID + 2 * query + again, query, String.valueOf(texts.get(key))));
            }
        }
        utilities.forEach((key, row) -> {
            // two transactions per query id, see Session
            int id = FIRST_ID + (int) (number(row, "xid") - 1_000_000L);
            found.add(of(row, found.size(), id, 0, String.valueOf(texts.get(key))));
        });
        return found;
    }

    private static void append(Map<List<Object>, StringBuilder> texts, List<Object> key, LogRow row) {
        texts.computeIfAbsent(key, ignored -> new StringBuilder())
                .append(row.values().get("text"));
    }

    private static Execution of(LogRow row, int number, int id, int query, String text) {
        boolean aborted = query != 0 && number(row, "aborted") == 1;
        Object database = row.values().get("database");
        return new Execution(
                id,
                query,
                number,
                (int) number(row, "userid"),
                number(row, "xid"),
                (int) number(row, "pid"),
                database instanceof String name ? name : "dev",
                String.valueOf(row.values().get("label")),
                text,
                (LocalDateTime) Objects.requireNonNull(row.values().get("starttime")),
                (LocalDateTime) Objects.requireNonNull(row.values().get("endtime")),
                aborted,
                row.table().equals("stl_ddltext") ? "DDL" : type(text));
    }

    private static long number(LogRow row, String column) {
        return ((Number) Objects.requireNonNull(row.values().get(column))).longValue();
    }

    private static String type(String text) {
        Matcher word = FIRST_WORD.matcher(COMMENT.matcher(text).replaceAll(" "));
        String first = word.lookingAt() ? word.group(1).toUpperCase(Locale.ROOT) : "";
        return switch (first) {
            case "SELECT", "INSERT", "UPDATE", "UNLOAD", "COPY" -> first;
            case "CALL", "GRANT", "REFRESH", "VACUUM", "ANALYZE" -> "UTILITY";
            default -> "OTHER";
        };
    }

    /** Microseconds from start to end. */
    long micros() {
        return ChronoUnit.MICROS.between(start, end);
    }

    /** The same in all views. */
    String uuid() {
        return new UUID(xid * 0x9E3779B97F4A7C15L, id * 0xC2B2AE3D27D4EB4FL).toString();
    }

    /** Whether the text begins like this. */
    boolean is(String beginning) {
        return text.startsWith(beginning);
    }
}
