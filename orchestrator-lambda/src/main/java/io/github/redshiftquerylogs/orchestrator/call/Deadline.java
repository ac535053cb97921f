package io.github.redshiftquerylogs.orchestrator.call;

import java.time.Duration;

/**
 * The time that an invocation has left, as Lambda reports it ({@code Context.getRemainingTimeInMillis}). A clock cannot
 * be used instead, because the time of a tick may differ from the wall clock.
 */
@FunctionalInterface
public interface Deadline {

    /** Time reserved for the longest call to Glue, a last write and the report; with less left, no call is begun. */
    Duration RESERVE = Duration.ofSeconds(20);

    /** Time reserved for the report; with less left, no running call is waited for. */
    Duration REPORT = Duration.ofSeconds(3);

    /** For calls that are made whatever time is left. */
    Deadline NONE = () -> Duration.ofDays(1);

    /** The time that is left. */
    Duration remaining();

    /** Whether there is time for a pause and another call after it. */
    default boolean allows(Duration pause) {
        return remaining().minus(pause).compareTo(RESERVE) >= 0;
    }

    /** How long running calls may be waited for; zero if the time is over. */
    default Duration patience() {
        Duration patience = remaining().minus(REPORT);
        return patience.isNegative() ? Duration.ZERO : patience;
    }
}
