package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.Optional;

/**
 * The memory of exports. It makes them quick and shows what they did; no correctness rests on it, it may be lost or be
 * restored from an old copy at any time.
 *
 * <p>Implementations are safe for use by several threads and by several processes.
 */
public interface ExportState {

    /** What is stored of a table; {@link TableState#NOTHING} if nothing is. */
    TableState load(ClusterName cluster, String table);

    /** What the orchestrator has stored of a cluster as {@code description}; empty if it has not. */
    Optional<ClusterMetadata> description(ClusterName cluster);

    /** Notes that a window is about to be read, so that a later run knows where this one ended if it dies. */
    void begin(ClusterName cluster, String table, TableState.Attempt attempt);

    /**
     * Stores a watermark and forgets the attempt, unless somebody else has stored one since {@code before} was loaded.
     *
     * @param before what {@link #load} gave when the window was chosen
     * @param next the new watermark
     * @param windowLength how long windows are allowed to be
     * @return whether it was stored; if not, load again and start over
     */
    boolean advance(ClusterName cluster, String table, TableState before, Watermark next, Duration windowLength);

    /** Stores a gap; it stays. */
    void recordGap(ClusterName cluster, String table, String runId, Gap gap);
}
