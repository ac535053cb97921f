package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the lake has of a day.
 *
 * @param rows the number of rows
 * @param checksum 32 hexadecimal digits: the sum modulo 2<sup>128</sup> of a hash of each row's values that are not null and
 *     come from the source, {@code log_time} included
 * @param first the least {@code log_time}, UTC; empty if there is no row
 * @param last the greatest {@code log_time}, UTC; empty if there is no row
 */
public record DayRows(long rows, String checksum, Optional<LocalDateTime> first, Optional<LocalDateTime> last) {}
