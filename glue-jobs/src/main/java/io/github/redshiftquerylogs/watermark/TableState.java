package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.util.Optional;

/**
 * What is stored of one table of one cluster.
 *
 * @param watermark how far it was read; empty before the first window was finished
 * @param windowLength how long windows were allowed to be when it was written
 * @param attempt the window that a run has begun and not finished
 * @param revision counts the watermarks; 0 before the first
 */
public record TableState(
        Optional<Watermark> watermark, Optional<Duration> windowLength, Optional<Attempt> attempt, long revision) {

    /** Of a table about which nothing is stored. */
    public static final TableState NOTHING = new TableState(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** The window in which another run ended, if one did. */
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
