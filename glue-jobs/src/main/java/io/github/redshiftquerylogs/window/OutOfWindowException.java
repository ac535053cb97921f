package io.github.redshiftquerylogs.window;

/** A query gave a row that does not belong to the window that was asked for; nothing of it is kept. */
public final class OutOfWindowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutOfWindowException(String message) {
        super(message);
    }
}
