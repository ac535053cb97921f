package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.window.Window;

/** A window has more rows than were to be fetched; nothing of it is kept. */
public final class TooManyRowsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyRowsException(String export, Window window, long most) {
        super(export + ": " + window + " has more than " + most + " rows");
    }
}
