package io.github.redshiftquerylogs.orchestrator.call;

/** A call to AWS failed. */
public final class CallFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient CallFailure failure;

    /** For a call that was made. */
    public CallFailedException(CallFailure failure, Throwable cause) {
        super(failure.text(), cause);
        this.failure = failure;
    }

    /** For a call that was not made. */
    public CallFailedException(CallFailure failure) {
        super(failure.text());
        this.failure = failure;
    }

    /** Why it failed. */
    public CallFailure failure() {
        return failure;
    }
}
