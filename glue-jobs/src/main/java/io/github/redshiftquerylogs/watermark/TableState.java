package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stored state of one table of one cluster.
 *
 * @param watermark how far it was read; empty before the first finished window
 * @param windowLength the longest window allowed when the watermark was written
 * @param attempt the window that a run has begun and not finished
 * @param empty the answer without rows that the latest run got and could not confirm
 * @param backfill how far its first export is; empty if that is done
 * @param revision the number of watermarks written so far
 * @param lost what is stored but not usable, for a user: it counts as lost
 */
public record TableState(
        Optional<Watermark> watermark,
        Optional<Duration> windowLength,
        Optional<Attempt> attempt,
        Optional<EmptyAnswer> empty,
        Optional<Backfill> backfill,
        long revision,
        List<String> lost) {

    /** The state of a table for which nothing is stored. */
    public static final TableState NOTHING = new TableState(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** Up to where an earlier run got no rows, if it could not confirm that there are none. */
    public Optional<LocalDateTime> emptyBefore(String runId) {
        return empty.filter(answer -> !answer.runId().equals(runId)).map(EmptyAnswer::to);
    }

    public TableState {
        lost = List.copyOf(lost);
    }

    /** A state of which nothing is lost, without an empty answer and a first export. */
    public TableState(
            Optional<Watermark> watermark, Optional<Duration> windowLength, Optional<Attempt> attempt, long revision) {
        this(watermark, windowLength, attempt, Optional.empty(), Optional.empty(), revision, List.of());
    }

    /**
     * The state without a watermark that no run can have written yet. The lake decides then, which is always safe.
     *
     * @param latest the latest time that a run may have read up to, UTC
     */
    public TableState upTo(LocalDateTime latest) {
        Optional<Watermark> ahead = watermark.filter(mark -> mark.readUpTo().isAfter(latest));
        if (ahead.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(lost);
        more.add("the stored watermark is " + ahead.get().readUpTo()
                + ": expected a time that the clocks have reached; it counts as lost");
        return new TableState(Optional.empty(), windowLength, attempt, empty, backfill, revision, more);
    }

    /** The unfinished window of another run, if there is one. */
    public Optional<Window> unfinishedBefore(String runId) {
        return attempt.filter(begun -> !begun.runId().equals(runId)).map(Attempt::window);
    }

    /**
     * A window that a run has begun.
     *
     * @param runId the run
     * @param window the window
     */
    public record Attempt(String runId, Window window) {}

    /**
     * An answer without rows that nothing confirms: the cluster may not have shown its rows at that moment.
     *
     * @param runId the run that got it
     * @param to there was no row up to here, UTC
     */
    public record EmptyAnswer(String runId, LocalDateTime to) {}
}
