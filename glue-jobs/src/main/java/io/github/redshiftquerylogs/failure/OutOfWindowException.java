package io.github.redshiftquerylogs.failure;

/** A query gave a row that does not belong to the requested window; no row of the window is kept. */
public final class OutOfWindowException extends ExportException {

    private static final long serialVersionUID = 1;

    /** @param message the query, the row's {@code log_time}, and the window */
    public OutOfWindowException(String message) {
        super(FailureCategory.SOURCE, message, null);
    }
}
