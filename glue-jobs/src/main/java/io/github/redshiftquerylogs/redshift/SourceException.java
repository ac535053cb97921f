package io.github.redshiftquerylogs.redshift;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cluster could not be reached or refused a statement. Stands alone, without the driver's exception as its cause:
 * drivers repeat passwords in their texts, and this one's text is cleaned.
 */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Classes of SQLSTATE: not supported, cardinality, data, syntax and access. */
    private static final Set<String> STATEMENT = Set.of("0A", "21", "22", "42");

    private final boolean refusal;

    private SourceException(String message, boolean refusal, StackTraceElement[] origin) {
        super(message);
        this.refusal = refusal;
        setStackTrace(origin);
    }

    /**
     * Of what a driver has thrown; on one line.
     *
     * @param doing what was done, and where
     * @param user who did it
     */
    static SourceException of(String doing, SQLException cause, String user, Redaction redaction) {
        @Nullable String state = cause.getSQLState();
        String said = redaction
                .clean(String.valueOf(cause.getMessage()))
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("; "));
        return new SourceException(
                doing + ": " + said + (state == null ? "" : " [" + state + "]") + Remedy.of(state, user),
                state != null && STATEMENT.contains(state.substring(0, 2)),
                cause.getStackTrace());
    }

    /** Whether it is the statement that was refused, while others may work: its SQL, its tables, its values. */
    public boolean isRefusal() {
        return refusal;
    }
}
