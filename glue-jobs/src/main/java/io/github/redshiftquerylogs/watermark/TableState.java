package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.util.Optional;

/**
 * The stored state of one table of one cluster.
 *
 * @param watermark how far it was read; empty before the first finished window
 * @param windowLength the longest window allowed when the watermark was written
 * @param attempt the window that a run has begun and not finished
 * @param revision the number of watermarks written so far
 */
public record TableState(
        Optional<Watermark> watermark, Optional<Duration> windowLength, Optional<Attempt> attempt, long revision) {

    /** The state of a table for which nothing is stored. */
    public static final TableState NOTHING = new TableState(Optional.empty(), Optional.empty(), Optional.empty(), 0);

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
}
