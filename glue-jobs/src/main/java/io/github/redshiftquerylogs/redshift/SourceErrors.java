package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.failure.SqlState;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates the errors of a driver and of the Data API into {@link SourceException}s; pure. */
final class SourceErrors {

    /** Classes of SQLSTATE: connection, authorization, resources, an operator or a timeout stepping in. */
    private static final Set<String> CLUSTER = Set.of("08", "28", "3D", "53", "57", "58");

    private SourceErrors() {}

    /**
     * An exception of the driver; its message becomes one line, its stack frames are kept.
     *
     * @param doing the action and the place
     * @param who the user and the way of access
     */
    static SourceException of(String doing, SQLException cause, ErrorHint.Asker who, Redaction redaction) {
        String state = SqlState.known(cause.getSQLState());
        boolean ofStatement = state != null && !isOfCluster(state);
        SourceException failure =
                reply(doing, redaction.clean(String.valueOf(cause.getMessage())), state, ofStatement, who);
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }

    /**
     * A connection without the protection by TLS that it should have; the driver's message follows what is expected.
     *
     * @param doing the action and the place
     */
    static SourceException ofTls(String doing, SQLException cause, TlsFailure reason, Redaction redaction) {
        SourceException failure = SourceException.of(
                FailureCategory.NETWORK,
                doing + ": " + reason.text() + " (" + oneLine(redaction.clean(String.valueOf(cause.getMessage())))
                        + ")");
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }

    /**
     * A statement of the Data API that failed; its error becomes one line.
     *
     * @param doing the action and the place
     * @param text the database's error
     * @param state its SQLSTATE, as far as the text tells; see {@link DataApiFailure}
     */
    static SourceException ofStatement(String doing, String text, @Nullable String state, ErrorHint.Asker who) {
        String known = SqlState.known(state);
        return reply(doing, text, known, known == null || !isOfCluster(known), who);
    }

    private static SourceException reply(
            String doing, String text, @Nullable String state, boolean ofStatement, ErrorHint.Asker who) {
        return SourceException.ofReply(
                category(state),
                doing + ": " + oneLine(text) + (state == null ? "" : " [" + state + "]") + ErrorHint.of(state, who),
                state,
                ofStatement,
                text.lines().findFirst().orElse(""));
    }

    private static boolean isOfCluster(String state) {
        return CLUSTER.contains(SqlState.classOf(state));
    }

    private static FailureCategory category(@Nullable String state) {
        if (state == null) {
            return FailureCategory.SOURCE;
        }
        if (state.equals("42501")) {
            return FailureCategory.PERMISSION;
        }
        return switch (SqlState.classOf(state)) {
            case "08" -> FailureCategory.NETWORK;
            case "28" -> FailureCategory.CREDENTIALS;
            case "3D" -> FailureCategory.SETTINGS;
            default -> FailureCategory.SOURCE;
        };
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("; "));
    }
}
