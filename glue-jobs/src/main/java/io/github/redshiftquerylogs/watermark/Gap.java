package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.window.Retention;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A hole in the export: rows that the source trimmed before they were read.
 *
 * @param from the table was read up to here, UTC
 * @param until the first row that the cluster shows behind it, UTC
 */
public record Gap(LocalDateTime from, LocalDateTime until) {

    /**
     * Well below the retention of Redshift: a table that is closer behind cannot have a gap, and the source need not be
     * asked.
     */
    private static final Duration NEVER_TRIMMED = Duration.ofDays(1);

    /**
     * What tells whether rows are missing.
     *
     * @param newest the newest row of the table in the lake; empty if there is none
     * @param shown whether the source still shows that row
     * @param next the first row of the table that the source shows behind {@code readUpTo}
     * @param horizon the first row of any table that the cluster shows within the retention
     */
    public record Evidence(
            Optional<LocalDateTime> newest,
            boolean shown,
            Optional<LocalDateTime> next,
            Optional<LocalDateTime> horizon) {}

    /** Whether a table is so far behind that it may have a gap. */
    public static boolean isPossible(LocalDateTime readUpTo, LocalDateTime runUpperBound) {
        return Duration.between(readUpTo, runUpperBound).compareTo(NEVER_TRIMMED) > 0;
    }

    /**
     * Finds the gap of a table; pure. A source that still shows what was read last has trimmed nothing behind it. A row
     * that it no longer shows, although it is younger than the retention, is a gap. If there is no such row, the cluster's
     * horizon decides, so a table with few rows is no gap.
     *
     * @param readUpTo the table was read up to here
     * @param runUpperBound the run's upper bound
     */
    public static Optional<Gap> of(LocalDateTime readUpTo, Evidence evidence, LocalDateTime runUpperBound) {
        if (evidence.shown()) {
            return Optional.empty();
        }
        boolean trimmedEarly = evidence.newest()
                .filter(row -> row.isAfter(Retention.edge(runUpperBound)))
                .isPresent();
        LocalDateTime horizon = evidence.horizon().orElse(runUpperBound);
        if (!trimmedEarly && !readUpTo.isBefore(horizon)) {
            return Optional.empty();
        }
        LocalDateTime until = Stream.concat(evidence.next().stream(), Stream.of(horizon))
                .filter(readUpTo::isBefore)
                .min(LocalDateTime::compareTo)
                .orElse(runUpperBound);
        return Optional.of(new Gap(readUpTo, until));
    }

    @Override
    public String toString() {
        return "gap: rows between " + from + " and " + until + " were gone before they were read";
    }
}
