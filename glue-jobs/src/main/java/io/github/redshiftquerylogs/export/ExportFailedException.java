package io.github.redshiftquerylogs.export;

/** A run failed. It is thrown after all tables were tried, and ends the job's process with an error. */
public final class ExportFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ExportFailedException(String message) {
        super(message);
    }
}
