package io.github.redshiftquerylogs.sandbox.workload;

import java.time.Duration;

/**
 * The amount of work of a cluster.
 *
 * @param seed of all random choices; the same seed and the same times give the same rows
 * @param queriesPerMinute ordinary queries, on average; may be a fraction, at most 100
 * @param featureHours the interval, in hours, in which each {@link QueryShape} occurs once, at least 1
 * @param settle the time within which all rows of ended statements must be visible; they are after half of it at the
 *     latest
 */
public record WorkloadProfile(long seed, double queriesPerMinute, int featureHours, Duration settle) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public WorkloadProfile {
        if (!(queriesPerMinute >= 0 && queriesPerMinute <= 100)) {
            throw new IllegalArgumentException("queriesPerMinute is " + queriesPerMinute + ", expected 0 to 100");
        }
        if (featureHours < 1) {
            throw new IllegalArgumentException("featureHours is " + featureHours + ", expected 1 or more");
        }
        if (settle.compareTo(Duration.ofSeconds(60)) < 0) {
            throw new IllegalArgumentException("settle is " + settle + ", expected a minute or more");
        }
    }

    /** A quiet cluster: a query every four minutes, every feature every two hours; some 5,000 rows a day. */
    public static WorkloadProfile quiet(long seed) {
        return new WorkloadProfile(seed, 0.25, 2, Duration.ofMinutes(2));
    }

    /** The longest time from the end of a statement until its rows are visible. */
    Duration lateness() {
        return settle.dividedBy(2);
    }
}
