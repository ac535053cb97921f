package io.github.redshiftquerylogs.infra.handlers;

/** The handler threw; CloudFormation shows the text. */
public final class HandlerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HandlerFailedException(String text) {
        super(text);
    }
}
