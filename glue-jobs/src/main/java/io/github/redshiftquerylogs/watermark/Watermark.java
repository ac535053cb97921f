package io.github.redshiftquerylogs.watermark;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Up to where a table of a cluster was read, and what the lake looked like then. The lake is the truth: a watermark
 * counts only while the lake still says the same.
 *
 * @param readUpTo every row up to this time, inclusive, is in the lake; UTC
 * @param maxLogTime the greatest {@code log_time} that the lake had for the cluster; empty if it had no row
 * @param tableUuid the identity of the lake's table
 * @param sourceIdentity the identity of the cluster that was read
 */
public record Watermark(
        LocalDateTime readUpTo, Optional<LocalDateTime> maxLogTime, String tableUuid, String sourceIdentity) {}
