package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;

/**
 * Rows of a period.
 *
 * @param rows their number, at least 1
 * @param newest their greatest {@code log_time}, UTC
 */
public record RowsOfTime(long rows, LocalDateTime newest) {

    RowsOfTime plus(RowsOfTime other) {
        return new RowsOfTime(rows + other.rows, newest.isAfter(other.newest) ? newest : other.newest);
    }
}
