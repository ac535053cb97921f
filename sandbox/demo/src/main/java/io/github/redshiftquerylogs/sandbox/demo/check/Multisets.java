package io.github.redshiftquerylogs.sandbox.demo.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares rows that may occur more than once. */
final class Multisets {

    private static final int EXAMPLES = 3;
    private static final int LONGEST_ROW = 160;
    /** Characters of a value that are shown on each side of the first one that differs. */
    private static final int AROUND = 20;

    private Multisets() {}

    static long size(Map<List<@Nullable String>, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * What one has more often than the other, in words, with examples, and where a row that only one has differs from
     * the other's row that is most like it; nothing if they are equal.
     *
     * @param columns the names of the rows' columns
     */
    static List<String> differences(
            List<String> columns,
            String expectedName,
            Map<List<@Nullable String>, Long> expected,
            String actualName,
            Map<List<@Nullable String>, Long> actual) {
        Map<List<@Nullable String>, Long> missing = surplus(expected, actual);
        Map<List<@Nullable String>, Long> extra = surplus(actual, expected);
        List<String> problems = new ArrayList<>(notIn(expectedName, expected, actualName, actual));
        problems.addAll(notIn(actualName, actual, expectedName, expected));
        if (!missing.isEmpty() && !extra.isEmpty()) {
            List<@Nullable String> row = missing.keySet().iterator().next();
            problems.add("they differ in " + firstDifference(columns, row, nearest(row, extra)));
        }
        return problems;
    }

    /** What the one has more often than the other, in words, with examples; nothing if there is no such row. */
    static List<String> notIn(
            String name,
            Map<List<@Nullable String>, Long> rows,
            String otherName,
            Map<List<@Nullable String>, Long> otherRows) {
        Map<List<@Nullable String>, Long> surplus = surplus(rows, otherRows);
        return surplus.isEmpty() ? List.of() : List.of(describe(surplus, name, otherName));
    }

    /** The rows without the columns that are not kept. */
    static Map<List<@Nullable String>, Long> project(
            Map<List<@Nullable String>, Long> rows, List<String> columns, List<String> kept) {
        int[] positions = kept.stream().mapToInt(columns::indexOf).toArray();
        Map<List<@Nullable String>, Long> projected = new HashMap<>();
        rows.forEach((row, times) -> {
            List<@Nullable String> values = new ArrayList<>(positions.length);
            for (int position : positions) {
                values.add(row.get(position));
            }
            projected.merge(values, times, Long::sum);
        });
        return projected;
    }

    /** The rows that the one has more often, with how much more often. */
    static Map<List<@Nullable String>, Long> surplus(
            Map<List<@Nullable String>, Long> more, Map<List<@Nullable String>, Long> less) {
        Map<List<@Nullable String>, Long> surplus = new HashMap<>();
        more.forEach((row, times) -> {
            long difference = times - less.getOrDefault(row, 0L);
            if (difference > 0) {
                surplus.put(row, difference);
            }
        });
        return surplus;
    }

    private static String describe(Map<List<@Nullable String>, Long> surplus, String there, String notThere) {
        List<String> examples = surplus.keySet().stream()
                .limit(EXAMPLES)
                .map(row -> shorten(row.toString()))
                .toList();
        return size(surplus) + " rows in the " + there + " and not in the " + notThere + ", such as "
                + String.join(", ", examples);
    }

    private static List<@Nullable String> nearest(
            List<@Nullable String> row, Map<List<@Nullable String>, Long> candidates) {
        List<@Nullable String> nearest = List.of();
        long most = -1;
        for (List<@Nullable String> candidate : candidates.keySet()) {
            long equal = IntStream.range(0, row.size())
                    .filter(i -> Objects.equals(row.get(i), candidate.get(i)))
                    .count();
            if (equal > most) {
                most = equal;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static String firstDifference(
            List<String> columns, List<@Nullable String> one, List<@Nullable String> other) {
        int column = IntStream.range(0, one.size())
                .filter(i -> !Objects.equals(one.get(i), other.get(i)))
                .findFirst()
                .orElseThrow();
        String expected = String.valueOf(one.get(column));
        String actual = String.valueOf(other.get(column));
        int at = 0;
        while (at < Math.min(expected.length(), actual.length()) && expected.charAt(at) == actual.charAt(at)) {
            at++;
        }
        return columns.get(column) + " from character " + (at + 1) + " on: '" + around(expected, at) + "' and '"
                + around(actual, at) + "'";
    }

    private static String around(String value, int at) {
        return value.substring(Math.max(0, at - AROUND), Math.min(value.length(), at + AROUND));
    }

    private static String shorten(String row) {
        String line = row.replaceAll("\\s+", " ");
        return line.length() > LONGEST_ROW ? line.substring(0, LONGEST_ROW) + "…" : line;
    }
}
