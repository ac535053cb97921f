package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;

/**
 * A snapshot that the lake has, of one cluster and export, and of one database where it is taken per database.
 *
 * @param takenAt the {@code log_time} of all its rows, UTC
 * @param rows the number of its rows, at least 1
 */
public record TakenSnapshot(LocalDateTime takenAt, long rows) {}
