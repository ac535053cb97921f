package io.github.redshiftquerylogs.export;

/** A run failed, after all tables had their turn: this is how the job's process fails. */
public final class ExportFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ExportFailedException(String message) {
        super(message);
    }
}
