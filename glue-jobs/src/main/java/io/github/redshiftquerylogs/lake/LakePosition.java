package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the lake is for one cluster, seen in one snapshot of one table.
 *
 * @param tableUuid the table's identity
 * @param snapshotId the snapshot; empty while the table has none
 * @param maxLogTime the greatest {@code log_time} of the cluster in it; empty if it has no row of the cluster
 */
public record LakePosition(String tableUuid, OptionalLong snapshotId, Optional<LocalDateTime> maxLogTime) {}
