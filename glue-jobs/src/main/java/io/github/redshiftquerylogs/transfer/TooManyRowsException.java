package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.window.Window;

/** A window has more rows than the maximum to fetch; no row of it is kept. */
final class TooManyRowsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyRowsException(String export, Window window, long maxRows) {
        super(export + ": " + window + " has more than " + maxRows + " rows");
    }
}
