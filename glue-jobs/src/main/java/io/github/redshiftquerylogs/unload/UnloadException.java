package io.github.redshiftquerylogs.unload;

/** What an UNLOAD has left in S3 is not what it says; nothing of it is kept. */
public final class UnloadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what was found where, and what is expected */
    public UnloadException(String message) {
        super(message);
    }
}
