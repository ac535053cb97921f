package io.github.redshiftquerylogs.watermark;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * How far a table of a cluster was read, and what the lake contained then. A watermark counts only while the lake still
 * contains the same.
 *
 * @param readUpTo every row up to this time, inclusive, is in the lake; UTC
 * @param maxLogTime the greatest {@code log_time} of the cluster in the lake; empty if it had no row
 * @param tableUuid the identity of the lake's table
 * @param sourceIdentity the identity of the cluster that was read
 */
public record Watermark(
        LocalDateTime readUpTo, Optional<LocalDateTime> maxLogTime, String tableUuid, String sourceIdentity) {}
