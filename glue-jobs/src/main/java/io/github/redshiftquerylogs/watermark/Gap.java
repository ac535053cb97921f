package io.github.redshiftquerylogs.watermark;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A hole in what was exported: the source was trimmed before it was read. The horizon of a cluster is the oldest row
 * that any of its system tables shows; so a table with few rows is no gap, and neither is a first export.
 *
 * @param from up to where the table was read, UTC
 * @param until from where on the cluster still shows rows, UTC
 */
public record Gap(LocalDateTime from, LocalDateTime until) {

    /** Well below what Redshift keeps: who is closer behind cannot have a gap, and need not ask for the horizon. */
    private static final Duration NEVER_TRIMMED = Duration.ofDays(1);

    /** Whether a table is so far behind that it may have a gap. */
    public static boolean isPossible(LocalDateTime readUpTo, LocalDateTime runUpperBound) {
        return Duration.between(readUpTo, runUpperBound).compareTo(NEVER_TRIMMED) > 0;
    }

    /**
     * Finds out; pure.
     *
     * @param readUpTo up to where the table was read
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
