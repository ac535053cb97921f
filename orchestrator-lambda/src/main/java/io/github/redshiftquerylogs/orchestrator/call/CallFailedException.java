package io.github.redshiftquerylogs.orchestrator.call;

/** A call did not do what was asked. */
public final class CallFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient CallFailure failure;

    public CallFailedException(CallFailure failure, Throwable cause) {
        super(failure.text(), cause);
        this.failure = failure;
    }

    /** Of a call that was not made. */
    public CallFailedException(CallFailure failure) {
        super(failure.text());
        this.failure = failure;
    }

    public CallFailure failure() {
        return failure;
    }
}
