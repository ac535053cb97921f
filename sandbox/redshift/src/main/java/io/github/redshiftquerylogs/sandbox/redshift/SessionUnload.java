package io.github.redshiftquerylogs.sandbox.redshift;

import io.github.redshiftquerylogs.sandbox.protocol.FilteredSession;
import io.github.redshiftquerylogs.sandbox.protocol.StatementMessage;
import io.github.redshiftquerylogs.sandbox.unload.ParsedUnload;
import io.github.redshiftquerylogs.sandbox.unload.Unload;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an UNLOAD of a client's session on a second connection with the user's rights. PostgreSQL then gets a statement in
 * its place that succeeds or fails as the UNLOAD did, so that result, error and transaction state reach the driver in the
 * usual way.
 *
 * <p>The second connection sees neither uncommitted changes nor temporary tables of the session; the only session settings
 * that it takes over are {@code statement_timeout} and {@code timezone}.
 */
public final class SessionUnload {

    private static final Logger LOG = LoggerFactory.getLogger(SessionUnload.class);
    private static final String INTERNAL_ERROR = "XX000";

    private final EmbeddedRedshift redshift;
    private final RunningStatements running;

    SessionUnload(EmbeddedRedshift redshift) {
        this.redshift = redshift;
        this.running = new RunningStatements(redshift);
    }

    /** Runs an UNLOAD; returns the statement that PostgreSQL executes in its place. */
    String run(FilteredSession session, StatementMessage message) {
        if (message.isNamed()) {
            // a later execution would not pass the filter
            return refusal("UNLOAD as a prepared statement is not supported by the stand-in", "0A000");
        }
        try (Connection worker = redshift.connectAs(session.user(), session.database())) {
            running.begins(session.processId(), session.user(), session.database(), message.statement());
            try (Statement statement = worker.createStatement()) {
                for (String setting : session.settings()) {
                    statement.execute(setting);
                }
            }
            worker.setAutoCommit(false);
            Unload unload = redshift.unload();
            long rows = unload.run(worker, session.user(), ParsedUnload.parse(message.statement()), session::runs);
            return block("raise info 'UNLOAD completed, % record(s) unloaded successfully', " + rows + ";");
        } catch (SQLException e) {
            return refusal(text(e), e.getSQLState());
        } catch (RuntimeException e) {
            LOG.error("UNLOAD broke", e);
            return refusal(e.toString(), null);
        } finally {
            session.runs(null);
            running.ends(session.processId());
        }
    }

    /** The message without severity and position, which PostgreSQL's driver adds. */
    static String text(SQLException e) {
        if (e instanceof PSQLException postgres) {
            ServerErrorMessage message = postgres.getServerErrorMessage();
            if (message != null && message.getMessage() != null) {
                return message.getMessage();
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static String refusal(String message, @Nullable String sqlState) {
        String state = sqlState == null || !sqlState.matches("[0-9A-Z]{5}") ? INTERNAL_ERROR : sqlState;
        return block("raise exception using errcode = '" + state + "', message = "
                + DatabaseSetup.literal(message.replace("\0", "")) + ";");
    }

    /** An anonymous block; its dollar quotes do not occur in messages. */
    private static String block(String body) {
        String quotes = "$u" + UUID.randomUUID().toString().replace("-", "") + "$";
        return "do " + quotes + "begin " + body + " end" + quotes;
    }
}
