package io.github.redshiftquerylogs.watermark;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A hole in the export: rows that the source trimmed before they were read. It is found by comparison with the oldest
 * row that any table of the cluster shows, so a table with few rows is no gap, nor is a first export.
 *
 * @param from the table was read up to here, UTC
 * @param until the oldest row that the cluster still shows, UTC
 */
public record Gap(LocalDateTime from, LocalDateTime until) {

    /**
     * Well below the retention of Redshift: a table that is closer behind cannot have a gap, and the oldest row need
     * not be queried.
     */
    private static final Duration NEVER_TRIMMED = Duration.ofDays(1);

    /** Whether a table is so far behind that it may have a gap. */
    public static boolean isPossible(LocalDateTime readUpTo, LocalDateTime runUpperBound) {
        return Duration.between(readUpTo, runUpperBound).compareTo(NEVER_TRIMMED) > 0;
    }

    /**
     * Finds the gap of a table; pure.
     *
     * @param readUpTo the table was read up to here
     * @param oldestRow the oldest row that the cluster shows; empty if it shows none
     * @param runUpperBound the run's upper bound
     */
    public static Optional<Gap> of(
            LocalDateTime readUpTo, Optional<LocalDateTime> oldestRow, LocalDateTime runUpperBound) {
        LocalDateTime until = oldestRow.orElse(runUpperBound);
        return readUpTo.isBefore(until) ? Optional.of(new Gap(readUpTo, until)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "gap: rows between " + from + " and " + until + " were gone before they were read";
    }
}
