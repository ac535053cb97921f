package io.github.redshiftquerylogs.transfer;

import java.time.LocalDateTime;

/**
 * What a cluster shows of a table, in one statement, after a window without rows.
 *
 * @param contradicts whether it shows rows of the window after all
 * @param sees whether it shows the newest row that the lake has, or one behind the window
 * @param quietUntil it shows no row behind the start of the window up to here, inclusive; UTC
 */
public record Sight(boolean contradicts, boolean sees, LocalDateTime quietUntil) {

    /** The cluster shows no row of the table. */
    public static Sight nothing(LocalDateTime quietUntil) {
        return new Sight(false, false, quietUntil);
    }
}
