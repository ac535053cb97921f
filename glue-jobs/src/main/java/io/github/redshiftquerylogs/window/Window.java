package io.github.redshiftquerylogs.window;

import io.github.redshiftquerylogs.failure.OutOfWindowException;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A span of {@code log_time}, half open: {@code from < log_time <= to}. Times are UTC, in microseconds.
 *
 * @param from exclusive
 * @param to inclusive, after {@code from}
 */
public record Window(LocalDateTime from, LocalDateTime to) implements Serializable {

    /** @throws IllegalArgumentException if the window holds no time */
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
     * What a query gave as {@code log_time} of a row of this window.
     *
     * @param origin who gave it, for the error text
     * @throws OutOfWindowException if it is not a time in the window
     */
    public LocalDateTime require(@Nullable Object logTime, String origin) {
        if (logTime instanceof LocalDateTime time && contains(time)) {
            return time;
        }
        throw new OutOfWindowException(
                origin + ": the query gave a row with log_time " + logTime + ": expected one in " + this);
    }

    /** How much time the window spans. */
    public Duration length() {
        return Duration.between(from, to);
    }

    @Override
    public String toString() {
        return "(" + from + ", " + to + "]";
    }
}
