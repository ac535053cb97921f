package io.github.redshiftquerylogs.window;

/** A clock cannot be trusted; the run reads nothing. */
public final class ClockException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClockException(String message) {
        super(message);
    }
}
