package io.github.redshiftquerylogs.sandbox.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares rows that may occur more than once. */
final class Multisets {

    private static final int EXAMPLES = 3;
    private static final int LONGEST_ROW = 160;

    private Multisets() {}

    static long size(Map<List<@Nullable String>, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What one has more often than the other, in words, with examples; nothing if they are equal. */
    static List<String> differences(
            String expectedName,
            Map<List<@Nullable String>, Long> expected,
            String actualName,
            Map<List<@Nullable String>, Long> actual) {
        List<String> problems = new ArrayList<>();
        describe(problems, "in the " + expectedName + " and not in the " + actualName, expected, actual);
        describe(problems, "in the " + actualName + " and not in the " + expectedName, actual, expected);
        return problems;
    }

    private static void describe(
            List<String> problems,
            String what,
            Map<List<@Nullable String>, Long> more,
            Map<List<@Nullable String>, Long> less) {
        long missing = 0;
        List<String> examples = new ArrayList<>();
        for (Map.Entry<List<@Nullable String>, Long> row : more.entrySet()) {
            long difference = row.getValue() - less.getOrDefault(row.getKey(), 0L);
            if (difference > 0) {
                missing += difference;
                if (examples.size() < EXAMPLES) {
                    examples.add(shorten(row.getKey().toString()));
                }
            }
        }
        if (missing > 0) {
            problems.add(missing + " rows " + what + ", such as " + String.join(", ", examples));
        }
    }

    private static String shorten(String row) {
        String line = row.replaceAll("\\s+", " ");
        return line.length() > LONGEST_ROW ? line.substring(0, LONGEST_ROW) + "…" : line;
    }
}
