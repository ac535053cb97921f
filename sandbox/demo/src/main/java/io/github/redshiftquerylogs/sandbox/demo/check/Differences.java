package io.github.redshiftquerylogs.sandbox.demo.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a lake differ from those that it must have.
 *
 * @param lost rows that it must have and does not have
 * @param doubled rows that it has more often than it must
 * @param changed rows that nobody has logged, mostly other ones with a wrong value
 */
public record Differences(long lost, long doubled, long changed) {

    static final Differences NONE = new Differences(0, 0, 0);

    /** The differences of the rows, which may occur more than once. A changed row is not lost as well. */
    static Differences of(Map<List<@Nullable String>, Long> expected, Map<List<@Nullable String>, Long> actual) {
        long missing = Multisets.size(Multisets.surplus(expected, actual));
        long doubled = 0;
        long changed = 0;
        for (Map.Entry<List<@Nullable String>, Long> row :
                Multisets.surplus(actual, expected).entrySet()) {
            if (expected.containsKey(row.getKey())) {
                doubled += row.getValue();
            } else {
                changed += row.getValue();
            }
        }
        return new Differences(Math.max(0, missing - changed), doubled, changed);
    }

    Differences plus(Differences other) {
        return new Differences(lost + other.lost, doubled + other.doubled, changed + other.changed);
    }
}
