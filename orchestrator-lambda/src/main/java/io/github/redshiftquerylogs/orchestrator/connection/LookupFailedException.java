package io.github.redshiftquerylogs.orchestrator.connection;

/** A cluster cannot be connected. */
public final class LookupFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient LookupFailure failure;

    LookupFailedException(LookupFailure failure) {
        super(failure.text());
        this.failure = failure;
    }

    /** The reason. */
    public LookupFailure failure() {
        return failure;
    }
}
