package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.window.Window;
import org.jspecify.annotations.Nullable;

/** A query gave a row that does not belong to the window that was asked for; nothing of it is kept. */
public final class OutOfWindowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutOfWindowException(String table, Window window, @Nullable Object logTime) {
        super(table + ": the query gave a row with log_time " + logTime + ": expected one in " + window);
    }
}
