package io.github.redshiftquerylogs.sandbox.demo.ask;

import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The questions to the lake.
 *
 * @param all by name
 */
public record Questions(List<Question> all) {

    /** The five questions of the demonstration. */
    private static final List<String> FIVE =
            List.of("top_queries", "missing_statistics", "queue_waits", "alerts_by_table", "nested_loops");

    private static final int NEAREST = 3;

    public static Questions of(Checkout checkout) {
        return new Questions(checkout.queries().stream().map(Question::read).toList());
    }

    public List<Question> five() {
        return FIVE.stream().map(name -> named(name).orElseThrow()).toList();
    }

    public Optional<Question> named(String name) {
        return all.stream().filter(question -> question.name().equals(name)).findFirst();
    }

    /** The most similar names, the best one first. */
    public List<String> nearest(String name) {
        String written = name.toLowerCase(Locale.ROOT).replace('-', '_').replaceFirst("\\.sql$", "");
        return all.stream()
                .map(Question::name)
                .sorted(Comparator.comparing((String known) -> !known.contains(written) && !written.contains(known))
                        .thenComparing(known -> edits(written, known)))
                .limit(NEAREST)
                .toList();
    }

    /** The Levenshtein distance of two words. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
