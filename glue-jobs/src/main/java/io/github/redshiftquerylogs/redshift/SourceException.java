package io.github.redshiftquerylogs.redshift;

import java.sql.SQLException;

/**
 * The cluster could not be reached or refused a statement. Stands alone, without the driver's exception as its cause:
 * drivers repeat passwords in their texts, and this one's text is cleaned.
 */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private SourceException(String message, StackTraceElement[] origin) {
        super(message);
        setStackTrace(origin);
    }

    static SourceException of(String doing, SQLException cause, Redaction redaction) {
        String state = cause.getSQLState() == null ? "" : " [" + cause.getSQLState() + "]";
        return new SourceException(
                doing + ": " + redaction.clean(String.valueOf(cause.getMessage())) + state, cause.getStackTrace());
    }
}
