package io.github.redshiftquerylogs.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A copy of an unexpected exception that is cleaned of secrets. Its message is the class name of the original and the
 * cleaned message; stack frames, causes and suppressed exceptions are those of the original, causes cleaned likewise.
 */
public final class RedactedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private RedactedException(String message) {
        super(message);
    }

    /**
     * Copies an exception.
     *
     * @param redact removes secrets from a message
     */
    public static RedactedException of(Throwable original, UnaryOperator<String> redact) {
        return copy(original, redact, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static RedactedException copy(Throwable original, UnaryOperator<String> redact, Set<Throwable> seen) {
        seen.add(original);
        RedactedException copy = new RedactedException(redact.apply(text(original)));
        copy.setStackTrace(original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null && !seen.contains(cause)) {
            copy.initCause(copy(cause, redact, seen));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, redact, seen));
            }
        }
        return copy;
    }

    private static String text(Throwable original) {
        String message = original.getMessage();
        if (original instanceof RedactedException && message != null) {
            return message;
        }
        String type = original.getClass().getName();
        return message == null ? type : type + ": " + message;
    }
}
