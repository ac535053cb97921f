package io.github.redshiftquerylogs.declaration;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * When a snapshot is taken: once per period, by the first run of that period.
 *
 * @param every the length of a period; periods begin at multiples of it since 1970, UTC
 * @param perDatabase whether it is taken in each database of the cluster, each on its own
 */
public record SnapshotRule(Duration every, boolean perDatabase) {

    /** The column with the name of the database in exports that are taken per database. */
    public static final String DATABASE = "database_name";

    /** The log-time rule of all snapshots: {@code log_time} is the upper bound of the run that took the snapshot. */
    static final String LOG_TIME_RULE = "snapshot";

    static final String EXPECTED = "a number from 1 to 99 and hours or days, such as 1 hour or 7 days";

    /**
     * A period of time.
     *
     * @param from its first moment, UTC
     * @param to the first moment behind it, UTC
     */
    public record Period(LocalDateTime from, LocalDateTime to) {

        /** Whether the period has this moment. */
        public boolean contains(LocalDateTime time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** The period that has a moment, UTC. */
    public Period periodOf(LocalDateTime time) {
        long seconds = time.toEpochSecond(ZoneOffset.UTC);
        LocalDateTime from =
                LocalDateTime.ofEpochSecond(seconds - Math.floorMod(seconds, every.toSeconds()), 0, ZoneOffset.UTC);
        return new Period(from, from.plus(every));
    }

    /** Reads a length such as {@code 6 hours}; empty if the text is none. */
    static Optional<Duration> period(String text) {
        return TimeSpan.parse(text, Set.of(ChronoUnit.HOURS, ChronoUnit.DAYS));
    }
}
