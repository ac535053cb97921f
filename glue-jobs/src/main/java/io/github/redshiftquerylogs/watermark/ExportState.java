package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The memory of exports: it makes them fast and shows what they did. Correctness does not depend on it; it may be lost
 * or restored from an old copy at any time.
 *
 * <p>Implementations are safe for use by several threads and by several processes.
 */
public interface ExportState {

    /**
     * The state of a table; {@link TableState#NOTHING} if none is stored. What is stored but not readable counts as lost
     * and is listed in {@link TableState#lost}.
     */
    TableState load(ClusterName cluster, String table);

    /**
     * The metadata of a cluster, as the orchestrator stored it; empty if it did not.
     *
     * @throws UnreadableStateException if it is stored but not readable
     */
    Optional<ClusterMetadata> description(ClusterName cluster);

    /**
     * What is stored about the cluster's exports; {@link ClusterExports#NOTHING} if nothing is. What is stored but not
     * readable counts as lost and is listed in {@link ClusterExports#lost}.
     */
    ClusterExports exports(ClusterName cluster);

    /**
     * Stores what a cluster exports by default, unless that is stored already.
     *
     * @return what is stored now
     */
    DefaultExports decide(ClusterName cluster, DefaultExports decision);

    /** Stores selected, refused and absent exports; the default stays. The last one wins. */
    void record(ClusterName cluster, ClusterExports exports);

    /** Records that a window is about to be read, so that a later run knows where this one ended if it dies. */
    void begin(ClusterName cluster, String table, TableState.Attempt attempt);

    /**
     * Stores a watermark and removes the attempt, unless another watermark was stored since {@code before} was loaded.
     *
     * @param before the result of {@link #load} when the window was chosen
     * @param next the new watermark
     * @param windowLength the longest window allowed now
     * @return whether it was stored; if not, load again and start over
     */
    boolean advance(ClusterName cluster, String table, TableState before, Watermark next, Duration windowLength);

    /**
     * Stores an answer without rows that could not be confirmed, and removes the attempt. The watermark stays. The answer
     * is removed by the next {@link #advance}.
     *
     * @param before the result of {@link #load} when the window was chosen
     * @return whether it was stored; if not, another watermark was stored since: load again and start over
     */
    boolean await(ClusterName cluster, String table, TableState before, TableState.EmptyAnswer answer);

    /** Stores how far the first export of a table is; empty: it is done. The last one wins. */
    void recordBackfill(ClusterName cluster, String table, Optional<Backfill> backfill);

    /** Stores what a run did for a snapshot export. */
    void recordSnapshot(ClusterName cluster, String table, SnapshotState state);

    /** Stores a gap, permanently. */
    void recordGap(ClusterName cluster, String table, String runId, Gap gap);

    /** The last day of a table that needs no further count; empty if none is stored, or if it is not readable. */
    Optional<LocalDate> closedDay(ClusterName cluster, String table);

    /**
     * Claims the count of a table for a run, so that of two runs at the same time only one counts. The claim ends with
     * {@link #closeDay}, or after its length if the run dies or its count fails.
     *
     * @param now the job's clock, UTC
     * @param length how long the claim holds
     * @return false if another claim holds
     */
    boolean claimCount(ClusterName cluster, String table, String runId, LocalDateTime now, Duration length);

    /**
     * Stores the last day that needs no further count, and ends the claim.
     *
     * @param now the job's clock, UTC
     */
    void closeDay(ClusterName cluster, String table, ClosedDay closed, LocalDateTime now);

    /** How far the days of a cluster are sealed; what is stored but not readable counts as lost. */
    SealState seals(ClusterName cluster);

    /**
     * Claims the sealing of a cluster for a run, so that of two runs at the same time only one reads past days. The claim
     * ends with {@link #closeSealing}, or after its length.
     *
     * @param now the job's clock, UTC
     * @param length how long the claim holds
     * @return false if another claim holds
     */
    boolean claimSealing(ClusterName cluster, String runId, LocalDateTime now, Duration length);

    /** Records what is about to be sealed, so that a later run knows where this one ended if it dies. */
    void beginSealing(ClusterName cluster, SealState.Attempt attempt);

    /**
     * Stores that all days up to one are done, and ends attempt and claim.
     *
     * @param head the head of the chain of sealed days
     * @param now the job's clock, UTC
     */
    void closeSealing(ClusterName cluster, LocalDate through, String head, LocalDateTime now);

    /** How far the files of a cluster's sealed days are compacted; what is stored but not readable counts as lost. */
    CompactionState compaction(ClusterName cluster);

    /** Records which files are about to be rewritten, so that a later run knows where this one ended if it dies. */
    void beginCompaction(ClusterName cluster, SealState.Attempt attempt);

    /**
     * Stores that everything was tried that was to be done when a day was over, and removes the attempt.
     *
     * @param now the job's clock, UTC
     */
    void closeCompaction(ClusterName cluster, LocalDate through, LocalDateTime now);

    /**
     * Claims the expiry of a table's snapshots, so that of all runs of all clusters one does it on a day.
     *
     * @param day the present day, UTC
     * @return false if another run has claimed it for this day
     */
    boolean claimExpiry(String table, String runId, LocalDate day);
}
