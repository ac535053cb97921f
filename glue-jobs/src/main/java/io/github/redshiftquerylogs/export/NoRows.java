package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.transfer.Sight;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What follows from an answer without rows; pure. A cluster that is being resumed, or a user that has lost its access, may
 * show nothing for a moment. So such an answer counts only if the cluster shows something else that proves it, or if the
 * next run gets the same one.
 */
sealed interface NoRows {

    /** There is no row: the watermark moves. */
    record Moves(LocalDateTime to) implements NoRows {}

    /** Nothing proves that there is no row: the watermark waits for the next run. */
    record Waits(LocalDateTime to) implements NoRows {}

    /** The cluster has rows of the window after all: it is read again. */
    record Contradicted() implements NoRows {}

    /**
     * Decides.
     *
     * @param window the window without rows
     * @param sight what the cluster shows of the table
     * @param othersShown whether the cluster has shown rows of other tables before this sight
     * @param emptyBefore up to where an earlier run got no rows, if it could not prove it
     */
    static NoRows of(Window window, Sight sight, boolean othersShown, Optional<LocalDateTime> emptyBefore) {
        LocalDateTime quietUntil = sight.quietUntil();
        if (sight.contradicts()) {
            return new Contradicted();
        }
        if (sight.sees() || othersShown) {
            return new Moves(quietUntil);
        }
        return emptyBefore
                .filter(window.from()::isBefore)
                .<NoRows>map(before -> new Moves(before.isBefore(quietUntil) ? before : quietUntil))
                .orElseGet(() -> new Waits(quietUntil));
    }
}
