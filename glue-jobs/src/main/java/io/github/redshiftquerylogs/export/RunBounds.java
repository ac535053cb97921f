package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * The bounds of a run for one table. They differ by table in the upper bound only.
 *
 * @param cluster the cluster
 * @param runId Glue's id of the run
 * @param sourceIdentity distinguishes the cluster from another one of its name
 * @param runUpperBound the latest {@code log_time} that the run reads of the table, inclusive; UTC
 * @param longestWindow the longest window allowed
 * @param deadline no window begins after it, except the first one of each table
 */
record RunBounds(
        ClusterName cluster,
        String runId,
        String sourceIdentity,
        LocalDateTime runUpperBound,
        Duration longestWindow,
        Instant deadline) {}
