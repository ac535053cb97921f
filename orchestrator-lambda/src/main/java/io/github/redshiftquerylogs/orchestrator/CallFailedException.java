package io.github.redshiftquerylogs.orchestrator;

/** A call did not do what was asked. */
final class CallFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient CallFailure failure;

    CallFailedException(CallFailure failure, Throwable cause) {
        super(failure.text(), cause);
        this.failure = failure;
    }

    /** Of a call that was not made. */
    CallFailedException(CallFailure failure) {
        super(failure.text());
        this.failure = failure;
    }

    CallFailure failure() {
        return failure;
    }
}
