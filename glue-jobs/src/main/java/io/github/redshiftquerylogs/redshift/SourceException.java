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
    /** Classes of SQLSTATE: connection, authorization, resources, an operator or a timeout stepping in. */
    private static final Set<String> CLUSTER = Set.of("08", "28", "3D", "53", "57", "58");

    private static final String UNKNOWN_COLUMN = "42703";

    private final @Nullable String state;
    private final boolean ofStatement;
    private final String said;

    private SourceException(
            String message, @Nullable String state, boolean ofStatement, String said, StackTraceElement[] origin) {
        super(message);
        this.state = state;
        this.ofStatement = ofStatement;
        this.said = said;
        setStackTrace(origin);
    }

    /**
     * Of what a driver has thrown; on one line.
     *
     * @param doing what was done, and where
     * @param who who did it, and how
     */
    static SourceException of(String doing, SQLException cause, Remedy.Asker who, Redaction redaction) {
        @Nullable String state = cause.getSQLState();
        String said = redaction.clean(String.valueOf(cause.getMessage()));
        return new SourceException(
                doing + ": " + oneLine(said) + (state == null ? "" : " [" + state + "]") + Remedy.of(state, who),
                state,
                state != null && !CLUSTER.contains(state.substring(0, 2)),
                firstLine(said),
                cause.getStackTrace());
    }

    /**
     * Of what the Data API says of a statement that failed; on one line.
     *
     * @param doing what was done, and where
     * @param text what the database said
     * @param state its SQLSTATE, as far as the text tells; see {@link DataApiFailure}
     */
    static SourceException ofStatement(String doing, String text, @Nullable String state, Remedy.Asker who) {
        return new SourceException(
                doing + ": " + oneLine(text) + (state == null ? "" : " [" + state + "]") + Remedy.of(state, who),
                state,
                state == null || !CLUSTER.contains(state.substring(0, 2)),
                firstLine(text),
                new Throwable().getStackTrace());
    }

    /** Of a service that could not be asked, or did not give what it should. */
    static SourceException ofService(String message) {
        return new SourceException(message, null, false, firstLine(message), new Throwable().getStackTrace());
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("; "));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Whether it is the statement that was refused, while others may work: its SQL, its tables, its values. */
    public boolean isRefusal() {
        return state != null && STATEMENT.contains(state.substring(0, 2));
    }

    /**
     * Whether the database itself ended the statement with an error, a role or a bucket that cannot be used included: not
     * a connection that broke, a cluster that went, or a timeout.
     */
    public boolean isOfStatement() {
        return ofStatement;
    }

    boolean isUnknownColumn() {
        return UNKNOWN_COLUMN.equals(state);
    }

    /** Whether the cluster did not let the user in. */
    boolean isLoginRefused() {
        return state != null && state.startsWith("28");
    }

    /** What the cluster said, its first line. */
    String said() {
        return said;
    }
}
