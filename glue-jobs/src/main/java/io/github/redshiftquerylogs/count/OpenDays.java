package io.github.redshiftquerylogs.count;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The days of a table that are to be counted; pure. A day is open once it is over for three to five hours, so that rows that
 * appear late are in the source, and the table was read past its end. Clusters differ in that time, so that those of one account
 * do not begin together.
 *
 * @param days the open days that the source still has as a whole, oldest first
 * @param trimmed the last seven days at most that were not counted in time: the source may have trimmed rows of them;
 *     oldest first
 */
public record OpenDays(List<LocalDate> days, List<LocalDate> trimmed) {

    private static final Duration GRACE = Duration.ofHours(3);
    private static final int SPREAD_MINUTES = 120;

    public OpenDays {
        days = List.copyOf(days);
        trimmed = List.copyOf(trimmed);
    }

    /**
     * How long a day of a cluster has to be over: three to five hours, always the same ones.
     */
    public static Duration grace(ClusterName cluster) {
        return GRACE.plusMinutes(Math.floorMod(cluster.value().hashCode(), SPREAD_MINUTES));
    }

    /**
     * Decides. The first count is that of the last day.
     *
     * @param grace how long a day has to be over
     * @param closed the last day that was counted or given up; ignored if it is not over yet
     * @param readUpTo the table's watermark, UTC
     * @param runUpperBound the run's upper bound, UTC
     */
    public static OpenDays of(
            Duration grace, Optional<LocalDate> closed, LocalDateTime readUpTo, LocalDateTime runUpperBound) {
        LocalDate last = lastBefore(earliest(readUpTo, runUpperBound.minus(grace)));
        LocalDate first = closed.filter(day -> day.isBefore(runUpperBound.toLocalDate()))
                .map(day -> day.plusDays(1))
                .orElse(last);
        LocalDate whole = Retention.safeFrom(runUpperBound).toLocalDate().plusDays(1);
        LocalDate noticed = later(first, whole.minusDays(7));
        return new OpenDays(days(later(first, whole), last), days(noticed, earliest(whole.minusDays(1), last)));
    }

    /**
     * The last day that is over for long enough.
     *
     * @param grace how long a day has to be over
     * @param runUpperBound the run's upper bound, UTC
     */
    public static LocalDate lastOver(Duration grace, LocalDateTime runUpperBound) {
        return lastBefore(runUpperBound.minus(grace));
    }

    /** The last day that ends at or before a time, whose last microsecond counts as its end. */
    private static LocalDate lastBefore(LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        boolean atEnd = time.equals(WindowPlan.justBefore(day.plusDays(1).atStartOfDay()));
        return atEnd ? day : day.minusDays(1);
    }

    private static List<LocalDate> days(LocalDate first, LocalDate last) {
        return first.isAfter(last)
                ? List.of()
                : first.datesUntil(last.plusDays(1)).toList();
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earliest(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDateTime earliest(LocalDateTime a, LocalDateTime b) {
        return a.isBefore(b) ? a : b;
    }
}
