package io.github.redshiftquerylogs.window;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Cuts the time that is still to be read into windows, oldest first; pure.
 *
 * <ul>
 *   <li>A window never crosses midnight UTC: all its rows belong to one day, {@code [00:00, 24:00)}. The last window of
 *     a day ends a microsecond before midnight, and a row at midnight is the first of its day.
 *   <li>A window is at most as long as allowed; see {@link WindowLength}.
 * </ul>
 */
public final class WindowPlan {

    /** The resolution of the source's timestamps. */
    private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

    private WindowPlan() {}

    /**
     * The next window.
     *
     * @param from everything up to here, inclusive, was read
     * @param to the upper bound, inclusive
     * @param longest the longest window allowed
     * @return empty if {@code from} has reached {@code to}
     */
    public static Optional<Window> next(LocalDateTime from, LocalDateTime to, Duration longest) {
        if (!from.isBefore(to)) {
            return Optional.empty();
        }
        LocalDateTime firstRow = from.plus(TICK);
        LocalDateTime lastOfDay =
                firstRow.truncatedTo(ChronoUnit.DAYS).plusDays(1).minus(TICK);
        LocalDateTime end = earliest(from.plus(longest), earliest(lastOfDay, to));
        return Optional.of(new Window(from, end));
    }

    /** The exclusive start of a window whose first row is this one: a microsecond earlier. */
    public static LocalDateTime justBefore(LocalDateTime row) {
        return row.minus(TICK);
    }

    private static LocalDateTime earliest(LocalDateTime a, LocalDateTime b) {
        return a.isBefore(b) ? a : b;
    }
}
