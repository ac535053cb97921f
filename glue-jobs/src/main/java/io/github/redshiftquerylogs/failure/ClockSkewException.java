package io.github.redshiftquerylogs.failure;

/** The clocks of the source and of the job contradict each other, or the source's clock went back. */
public final class ClockSkewException extends ExportException {

    private static final long serialVersionUID = 1;

    /** @param message both times, and what is expected */
    public ClockSkewException(String message) {
        super(FailureCategory.SOURCE, message, null);
    }
}
