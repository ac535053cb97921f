package io.github.redshiftquerylogs.watermark;

import java.time.LocalDateTime;
import java.util.List;

/**
 * What the last run did for a snapshot export that was due. For people only: whether a snapshot was taken is decided by the
 * lake.
 *
 * @param runId the run
 * @param triedAt its upper bound, UTC
 * @param taken the snapshots that it has found or taken, one for each database or one in all
 * @param rows their rows
 * @param missing those that could not be taken, and why
 */
public record SnapshotState(String runId, LocalDateTime triedAt, int taken, long rows, List<String> missing) {

    public SnapshotState {
        missing = List.copyOf(missing);
    }
}
