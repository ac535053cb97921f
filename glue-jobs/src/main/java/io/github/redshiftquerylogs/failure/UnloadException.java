package io.github.redshiftquerylogs.failure;

/** The files of an UNLOAD contradict its manifest or the cluster; no row of them is kept. */
public final class UnloadException extends ExportException {

    private static final long serialVersionUID = 1;

    /** @param message what was found where, and what is expected */
    public UnloadException(String message) {
        super(FailureCategory.SOURCE, message, null);
    }
}
