package io.github.redshiftquerylogs.lake;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/** Counts values that the lake holds otherwise than the source gave them. Not thread-safe. */
public final class ReplacedValues implements Serializable {

    private static final long serialVersionUID = 1;

    private final TreeMap<String, Long> counts = new TreeMap<>();

    /** No value was replaced. */
    public static ReplacedValues none() {
        return new ReplacedValues();
    }

    private ReplacedValues() {}

    /**
     * Counts one value.
     *
     * @param column name of its column in the lake
     * @param reason what was wrong with it and what it was replaced by, as the end of "column x has values …"
     */
    public void count(String column, String reason) {
        add("column " + column + " has values " + reason, 1);
    }

    /** Adds the counts of others. */
    public void add(ReplacedValues others) {
        others.counts.forEach(this::add);
    }

    private void add(String text, long count) {
        counts.merge(text, count, Long::sum);
    }

    /** A text for each column and reason, with the number of values. */
    public List<String> notes() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + (entry.getValue() == 1 ? " value" : " values"))
                .toList();
    }
}
