package io.github.redshiftquerylogs.lake;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * Counts values that the lake holds otherwise than the source gave them.
 *
 * @param counts number of values by what a user should know about them
 */
public record ReplacedValues(TreeMap<String, Long> counts) implements Serializable {

    /** No value was replaced. */
    public static ReplacedValues none() {
        return new ReplacedValues(new TreeMap<>());
    }

    /**
     * Counts one value.
     *
     * @param column name of its column
     * @param reason what was wrong with it, as a relative clause
     */
    public void count(String column, String reason) {
        counts.merge("column " + column + " has values " + reason, 1L, Long::sum);
    }

    /** Adds the counts of others. */
    public void add(ReplacedValues others) {
        others.counts.forEach((text, count) -> counts.merge(text, count, Long::sum));
    }

    /** A text for each kind of replacement, with the number of values. */
    public List<String> notes() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + (entry.getValue() == 1 ? " value" : " values"))
                .toList();
    }
}
