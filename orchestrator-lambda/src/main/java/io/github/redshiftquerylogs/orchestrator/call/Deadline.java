package io.github.redshiftquerylogs.orchestrator.call;

import java.time.Duration;

/**
 * How much of the invocation's time is left, by Lambda's own count ({@code Context.getRemainingTimeInMillis}); a clock
 * would not do, because the time of a tick may be another one than that on the wall.
 */
@FunctionalInterface
public interface Deadline {

    /** What a last call to Glue and a last write take at most, with room to report; less, and no call is begun. */
    Duration RESERVE = Duration.ofSeconds(20);

    /** What reporting takes; less, and no call is waited for. */
    Duration REPORT = Duration.ofSeconds(3);

    /** What is left. */
    Duration remaining();

    /** Whether there is time for another call and, before it, a pause. */
    default boolean allows(Duration pause) {
        return remaining().minus(pause).compareTo(RESERVE) >= 0;
    }

    /** How long running calls may be waited for. */
    default Duration patience() {
        Duration patience = remaining().minus(REPORT);
        return patience.isNegative() ? Duration.ZERO : patience;
    }
}
