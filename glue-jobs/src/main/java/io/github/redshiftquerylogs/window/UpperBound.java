package io.github.redshiftquerylogs.window;

import io.github.redshiftquerylogs.failure.ClockSkewException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The upper bound of a run, for all its tables: the source's clock minus a settling time, so that text, plan, scans and
 * alerts of a query are exported together; pure.
 */
public final class UpperBound {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private UpperBound() {}

    /**
     * The upper bound of a run.
     *
     * @param source the source's clock, UTC
     * @param job the job's clock
     * @param settle the distance to the source's clock
     * @throws ClockSkewException if the clocks differ by more than five minutes
     */
    public static LocalDateTime of(LocalDateTime source, Instant job, Duration settle) {
        LocalDateTime own = LocalDateTime.ofInstant(job, ZoneOffset.UTC);
        if (Duration.between(own, source).abs().compareTo(TOLERANCE) > 0) {
            throw new ClockSkewException("the source's clock shows " + source + ", the job's " + own
                    + ": expected a difference of at most " + TOLERANCE.toMinutes() + " minutes");
        }
        return source.minus(settle);
    }

    /**
     * Requires that the upper bound is not before what was already read: the source's clock must not go back.
     *
     * @param readUpTo up to where the table was read
     * @throws ClockSkewException if the upper bound is before {@code readUpTo}
     */
    public static void requireNotBefore(LocalDateTime runUpperBound, LocalDateTime readUpTo, String table) {
        if (runUpperBound.isBefore(readUpTo)) {
            throw new ClockSkewException("the source's clock allows to read up to " + runUpperBound + ", but " + table
                    + " was read up to " + readUpTo + ": expected a clock that does not go back");
        }
    }

    /** The latest time, UTC, that any earlier run can have read up to: its clocks had to agree as well. */
    public static LocalDateTime latestPossible(Instant job) {
        return LocalDateTime.ofInstant(job, ZoneOffset.UTC).plus(TOLERANCE);
    }
}
