package io.github.redshiftquerylogs.failure;

/** A table of the lake is not as declared, or commits to it keep being refused. */
public final class LakeException extends ExportException {

    private static final long serialVersionUID = 1;

    /** @param message the table, what was found, and what is expected */
    public LakeException(String message) {
        super(FailureCategory.LAKE, message, null);
    }
}
