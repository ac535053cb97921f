package io.github.redshiftquerylogs.watermark;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A first export that takes more than one run: how far it is.
 *
 * @param from where it began, exclusive; UTC
 * @param to the upper bound of the last run; UTC
 * @param since when it began
 * @param doneAt when it reaches the present if it goes on as fast as so far; empty if nothing tells
 */
public record Backfill(LocalDateTime from, LocalDateTime to, Instant since, Optional<Instant> doneAt) {

    /** An estimate that is further away says nothing. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * The same first export at the end of a run. The pace counts from its begin, so pauses between runs are part of it, and
     * what is left grows while it goes on.
     *
     * @param readUpTo up to where the table was read
     * @param upperBound the upper bound of the run
     * @param now the job's clock
     */
    public Backfill at(LocalDateTime readUpTo, LocalDateTime upperBound, Instant now) {
        return new Backfill(
                from, upperBound, since, left(readUpTo, upperBound, now).map(now::plus));
    }

    private Optional<Duration> left(LocalDateTime readUpTo, LocalDateTime upperBound, Instant now) {
        double passed = seconds(Duration.between(since, now));
        double pace = seconds(Duration.between(from, readUpTo)) / passed;
        // not faster than time itself, or without any evidence
        if (!(passed > 0 && pace > 1)) {
            return Optional.empty();
        }
        double left = Math.max(0, seconds(Duration.between(readUpTo, upperBound))) / (pace - 1);
        return left > seconds(LONGEST) ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.round(left)));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
