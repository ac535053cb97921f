package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The rows of a past window that the lake does not have.
 *
 * @param written their files
 * @param oldest the least {@code log_time} in them, UTC; empty if there is no row
 * @param moved rows that the lake has at another time, so they were left out
 * @param changed keys whose rows are as many in the lake, but with other values
 */
public record LateRows(WrittenFiles written, Optional<LocalDateTime> oldest, long moved, long changed) {}
