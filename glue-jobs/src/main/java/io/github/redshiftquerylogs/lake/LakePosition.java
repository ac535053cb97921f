package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The position of one cluster in one snapshot of one table: how far its rows are in the lake.
 *
 * @param tableUuid the identity of the table
 * @param snapshotId the snapshot; empty if the table has none
 * @param maxLogTime the greatest {@code log_time} of the cluster in the snapshot; empty if it has no row of the cluster
 */
public record LakePosition(String tableUuid, OptionalLong snapshotId, Optional<LocalDateTime> maxLogTime) {}
