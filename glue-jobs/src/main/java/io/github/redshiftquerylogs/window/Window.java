package io.github.redshiftquerylogs.window;

import io.github.redshiftquerylogs.failure.OutOfWindowException;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A half-open interval of {@code log_time}: {@code from < log_time <= to}. Times are UTC, in microseconds.
 *
 * @param from exclusive
 * @param to inclusive, after {@code from}
 */
public record Window(LocalDateTime from, LocalDateTime to) implements Serializable {

    /** @throws IllegalArgumentException if the window is empty */
    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("empty window: from " + from + " to " + to);
        }
    }

    /** Whether a row with this time belongs to the window. */
    public boolean contains(LocalDateTime logTime) {
        return logTime.isAfter(from) && !logTime.isAfter(to);
    }

    /**
     * Requires that the {@code log_time} of a row is in this window, and returns it.
     *
     * @param origin the export, for the error message
     * @throws io.github.redshiftquerylogs.failure.OutOfWindowException if it is null or outside of the window
     */
    public LocalDateTime require(@Nullable Object logTime, String origin) {
        if (logTime instanceof LocalDateTime time && contains(time)) {
            return time;
        }
        throw new OutOfWindowException(
                origin + ": the query gave a row with log_time " + logTime + ": expected one in " + this);
    }

    /** The duration of the window. */
    public Duration length() {
        return Duration.between(from, to);
    }

    @Override
    public String toString() {
        return "(" + from + ", " + to + "]";
    }
}
