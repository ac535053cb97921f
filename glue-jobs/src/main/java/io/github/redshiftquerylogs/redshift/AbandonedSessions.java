package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.failure.SourceException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions over JDBC in which a statement of an earlier run of a cluster is still running: the database notices only at the end
 * of a statement that nobody waits for it.
 *
 * <p>Glue runs one job of a cluster at a time, so other runs are dead. In case one is not, statements that have only just begun
 * are left alone; these are of no consequence.
 *
 * <p>A regular user sees the statements of its own sessions only, and can end only these.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_STV_RECENTS.html,
 * https://docs.aws.amazon.com/redshift/latest/dg/PG_TERMINATE_BACKEND.html
 */
final class AbandonedSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedSessions.class);

    /** Without functions of the leader node, which not every system table goes with. */
    private static final String RUNNING = "select pid, starttime, query from stv_recents where status = 'Running'";

    private final SourceSession session;
    private final StatementName name;
    private final String location;
    private final Duration age;

    /**
     * @param session the caller closes it
     * @param name the name of this run's statements
     * @param location the cluster, for messages
     * @param age how long a statement must have been running
     */
    AbandonedSessions(SourceSession session, StatementName name, String location, Duration age) {
        this.session = session;
        this.name = name;
        this.location = location;
        this.age = age;
    }

    /**
     * Ends them. Cancelling is not enough: PG_CANCEL_BACKEND does not cancel a statement within a transaction. A session in
     * which nothing is found costs one question.
     *
     * @return notes for the user: how many there were, and why they could not be listed or ended
     */
    List<String> end() {
        List<Found> found;
        try {
            found = find();
        } catch (SourceException e) {
            return List.of(
                    "whether an earlier run has left statements at " + location + " is not known: " + e.getMessage());
        }
        List<String> notes = new ArrayList<>();
        int ended = 0;
        for (Found statement : found) {
            try {
                LOG.warn("{}: ends session {} of {}", location, statement.process, statement.run);
                session.execute("select pg_terminate_backend(" + statement.process + ")");
                ended++;
            } catch (SourceException e) {
                // it may have ended meanwhile; the database ends its statement at the timeout in any case
                notes.add("session " + statement.process + " of an earlier run could not be ended: " + e.getMessage());
            }
        }
        if (ended > 0) {
            notes.add(
                    0, "another run of this cluster has left statements running at " + location + "; ended: " + ended);
        }
        return notes;
    }

    /** A statement of another run; {@code process} is the server process of its session. */
    private record Found(int process, LocalDateTime begun, String run) {}

    private List<Found> find() {
        List<Found> found = session.rows(RUNNING, rows -> {
            List<Found> others = new ArrayList<>();
            while (rows.next()) {
                Integer process = (Integer) ReplacedValue.valueOf(rows.value(0, ColumnType.INTEGER));
                LocalDateTime begun = (LocalDateTime) ReplacedValue.valueOf(rows.value(1, ColumnType.TIMESTAMP));
                String sql = (String) ReplacedValue.valueOf(rows.value(2, ColumnType.STRING));
                if (process != null && process > 0 && begun != null && sql != null) {
                    name.otherRunOf(sql).ifPresent(run -> others.add(new Found(process, begun, run)));
                }
            }
            return others;
        });
        if (found.isEmpty()) {
            return found;
        }
        LocalDateTime begunBy = session.clock().minus(age);
        return found.stream()
                .filter(statement -> !statement.begun.isAfter(begunBy))
                .toList();
    }
}
