package io.github.redshiftquerylogs.news;

import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;

/**
 * Whether a log has new rows.
 *
 * @param asked the window that was asked for
 * @param quietUntil no row is in the window up to here, inclusive; UTC
 * @param proven whether the cluster shows something that proves this
 */
public record News(Window asked, LocalDateTime quietUntil, boolean proven) {

    /**
     * The news of a log.
     *
     * @param othersShown whether the cluster showed rows of another log in the window, before and after an answer without
     *     rows
     */
    static News of(Unread log, Shown shown, boolean othersShown) {
        return new News(
                log.window(),
                shown.first().map(WindowPlan::justBefore).orElse(log.window().to()),
                !shown.nothing() || othersShown);
    }

    /** Whether there are no new rows. */
    public boolean none() {
        return quietUntil.equals(asked.to());
    }

    /** Whether it says something about the time behind a point, up to where a log was read. */
    public boolean covers(LocalDateTime readUpTo) {
        return !readUpTo.isBefore(asked.from()) && readUpTo.isBefore(asked.to());
    }
}
