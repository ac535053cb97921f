package io.github.redshiftquerylogs.failure;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster could not be reached or refused a statement, or its answer is unusable. It never has a driver's exception
 * as its cause: drivers repeat passwords in their messages, and this message is cleaned of them.
 */
public final class SourceException extends ExportException {

    private static final long serialVersionUID = 1;

    /** Classes of SQLSTATE: not supported, cardinality, data, syntax and access. */
    private static final Set<String> STATEMENT = Set.of("0A", "21", "22", "42");

    private static final String UNKNOWN_COLUMN = "42703";
    private static final String AMBIGUOUS_COLUMN = "42702";
    private static final String DENIED = "42501";
    private static final String UNKNOWN_RELATION = "42P01";
    /** Class of SQLSTATE. */
    private static final String NO_DATABASE = "3D";

    private final @Nullable String state;
    private final boolean ofStatement;
    private final String reply;

    private SourceException(
            FailureCategory category, String message, @Nullable String state, boolean ofStatement, String reply) {
        super(category, message, null);
        this.state = SqlState.known(state);
        this.ofStatement = ofStatement;
        this.reply = reply;
    }

    /**
     * A failure that is not the database's reply to a statement.
     *
     * @param message what was found, and what is expected
     */
    public static SourceException of(FailureCategory category, String message) {
        return new SourceException(
                category, message, null, false, message.lines().findFirst().orElse(""));
    }

    /**
     * An error that the database itself replied with.
     *
     * @param message the whole text, on one line
     * @param state the SQLSTATE; null if it is unknown
     * @param ofStatement see {@link #isOfStatement}
     * @param reply the first line of the reply
     */
    public static SourceException ofReply(
            FailureCategory category, String message, @Nullable String state, boolean ofStatement, String reply) {
        return new SourceException(category, message, state, ofStatement, reply);
    }

    /** Whether the statement was refused because of its SQL, its tables or its values, so that others may succeed. */
    public boolean isRefusal() {
        return STATEMENT.contains(SqlState.classOf(state));
    }

    /**
     * Whether the database itself ended the statement with an error, including a role or a bucket that it cannot use. A
     * broken connection, a cluster that went away and a timeout are none.
     */
    public boolean isOfStatement() {
        return ofStatement;
    }

    /** Whether the statement names a column that the source does not have. */
    public boolean isUnknownColumn() {
        return UNKNOWN_COLUMN.equals(state);
    }

    /** Whether the statement names a column that the source has twice. */
    public boolean isAmbiguousColumn() {
        return AMBIGUOUS_COLUMN.equals(state);
    }

    /** Whether the user may not do what the statement asks for, such as reading a table. */
    public boolean isDenied() {
        return DENIED.equals(state);
    }

    /** Whether the statement names a table or view that the source does not have. */
    public boolean isUnknownRelation() {
        return UNKNOWN_RELATION.equals(state);
    }

    /** Whether the cluster rejected the user's login. */
    public boolean isLoginRefused() {
        return state != null && state.startsWith("28");
    }

    /** Whether there is no database of the name. */
    public boolean isUnknownDatabase() {
        return SqlState.classOf(state).equals(NO_DATABASE);
    }

    /** The first line of the cluster's reply. */
    public String reply() {
        return reply;
    }
}
