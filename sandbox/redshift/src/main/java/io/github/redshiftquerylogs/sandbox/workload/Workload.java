package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has to do, and how it logs that. Nothing happens by itself: virtual time moves when it is {@linkplain
 * #advanceTo advanced} (by a {@link LiveLoad}, for instance), and never backwards.
 *
 * <ul>
 *   <li>A statement's rows become visible one by one, at or after its end, all within half of the settle time.
 *   <li>A step to time t inserts every row that is visible by t and moves the source's clock to t, in one transaction:
 *       whoever reads t from the clock can read those rows.
 *   <li>The rows depend on the seed and on times only, not on the steps in which time advances.
 *   <li>Committed rows are entered in the {@link Ledger}.
 * </ul>
 *
 * <p>Thread-safe. It owns the source's clock from its first step on.
 */
public final class Workload implements AutoCloseable {

    private static final Duration HISTORY_STEP = Duration.ofHours(6);

    private final EmbeddedRedshift redshift;
    private final Ledger ledger;
    private final WorkloadProfile profile;
    private final MinuteSchedule schedule;
    private final ShapeWriter writer;
    private final Connection connection;
    private final Map<String, SystemTable> tables = new LinkedHashMap<>();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(
            Comparator.comparing((Pending p) -> p.row().visible()).thenComparing(Pending::number));
    private final List<Interval> idle = new ArrayList<>();
    private final Map<LocalDateTime, Integer> writtenOnDemand = new HashMap<>();

    private LocalDateTime now;
    private LocalDateTime nextMinute;
    private long number;
    private boolean begun;
    private boolean finished;
    private boolean broken;

    /**
     * A workload that begins at the time that the source's clock shows.
     *
     * @throws IllegalStateException if the source cannot be reached
     */
    public Workload(EmbeddedRedshift redshift, Ledger ledger, WorkloadProfile profile) {
        this.redshift = redshift;
        this.ledger = ledger;
        this.profile = profile;
        this.schedule = new MinuteSchedule(profile);
        this.writer = new ShapeWriter(profile, new FurtherTables(redshift.tables()));
        redshift.tables().forEach(table -> tables.put(table.name(), table));
        this.now = redshift.now();
        this.nextMinute = firstWholeMinute(now);
        try {
            this.connection = redshift.admin();
            this.connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot connect to " + redshift, e);
        }
    }

    private record Pending(LogRow row, long number) {}

    private record Interval(LocalDateTime from, LocalDateTime to) {
        boolean contains(LocalDateTime time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** Virtual time: what the source's clock shows, in microseconds (UTC). */
    public synchronized LocalDateTime now() {
        return now;
    }

    /** What it was started with. */
    public WorkloadProfile profile() {
        return profile;
    }

    /** The ledger that it enters its rows in. */
    public Ledger ledger() {
        return ledger;
    }

    /** How many rows of finished statements are not visible yet, or belong to statements that end in this minute. */
    public synchronized int pendingRows() {
        return pending.size();
    }

    /**
     * Lets virtual time begin, before it was ever advanced, at another time than the clock's; nothing ends before.
     *
     * @throws IllegalStateException if time has been advanced already
     */
    public synchronized void beginAt(LocalDateTime from) {
        if (begun || !pending.isEmpty()) {
            throw new IllegalStateException("it has begun already, it is " + now);
        }
        redshift.setClock(from);
        now = from;
        nextMinute = firstWholeMinute(from);
    }

    /**
     * Writes a backlog: begins at {@code from} and advances to {@code to}.
     *
     * @throws IllegalStateException if time has been advanced already
     */
    public synchronized void writeHistory(LocalDateTime from, LocalDateTime to) {
        beginAt(from);
        for (LocalDateTime step = from.plus(HISTORY_STEP); step.isBefore(to); step = step.plus(HISTORY_STEP)) {
            advanceTo(step);
        }
        advanceTo(to);
    }

    /**
     * One step: makes visible what is to be visible by then, and moves the clock.
     *
     * @throws IllegalArgumentException if the time lies before {@link #now}
     * @throws IllegalStateException if the rows cannot be written; from then on nothing can
     */
    public synchronized void advanceTo(LocalDateTime time) {
        if (time.isBefore(now)) {
            throw new IllegalArgumentException("time does not run backwards: it is " + now + ", not " + time);
        }
        if (broken) {
            throw new IllegalStateException("an earlier step failed, the ledger is no longer complete");
        }
        begun = true;
        plan(time);
        Map<SystemTable, List<List<@Nullable String>>> due = takeDue(time);
        try {
            insert(due);
            EmbeddedRedshift.setClock(connection, time);
            connection.commit();
        } catch (SQLException | IOException e) {
            broken = true;
            throw new IllegalStateException("cannot write the rows up to " + time + " to " + redshift, e);
        }
        due.forEach((table, rows) -> ledger.append(table.name(), rows));
        now = time;
    }

    /**
     * Writes one statement of a given shape, besides those of the profile.
     *
     * @param end when it ends; far enough ahead that nothing of it is finished yet, half a minute is enough
     * @return the statement with its rows, which become visible as time is advanced
     * @throws IllegalArgumentException if something of it would have been finished already
     */
    public synchronized LoggedStatement write(QueryShape shape, LocalDateTime end) {
        LocalDateTime minute = end.truncatedTo(ChronoUnit.MINUTES);
        int used = writtenOnDemand.getOrDefault(minute, 0);
        int last = MinuteSchedule.FIRST_ID_ON_DEMAND + used + shape.ids() - 1;
        if (last > MinuteSchedule.LAST_ID_ON_DEMAND) {
            throw new IllegalArgumentException("too many statements on demand end in the minute " + minute);
        }
        LoggedStatement statement =
                writer.write(shape, MinuteSchedule.idOf(minute, MinuteSchedule.FIRST_ID_ON_DEMAND + used), end);
        for (LogRow row : statement.rows()) {
            if (row.logTime().isBefore(now)) {
                throw new IllegalArgumentException("a row of " + row.table() + " would be of " + row.logTime()
                        + ", but it is " + now + " already");
            }
        }
        writtenOnDemand.put(minute, used + shape.ids());
        begun = true;
        enqueue(statement.rows());
        return statement;
    }

    /**
     * Keeps an interval without rows: nothing that the profile plans, or that was written on demand before this call, is
     * finished in it. Rows of what was finished before may still become visible.
     *
     * @param from not before {@link #now}
     * @param to exclusive
     */
    public synchronized void idle(LocalDateTime from, LocalDateTime to) {
        if (from.isBefore(now)) {
            throw new IllegalArgumentException("it is " + now + " already, not " + from);
        }
        Interval interval = new Interval(from, to);
        idle.add(interval);
        pending.removeIf(p -> interval.contains(p.row().logTime()));
    }

    /**
     * Ends the load: from now on nothing more is finished, and what runs never is. Once time has been advanced by half
     * of the settle time, all rows are visible and nothing is pending.
     */
    public synchronized void finish() {
        finished = true;
        pending.removeIf(p -> p.row().logTime().isAfter(now));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the connection to " + redshift, e);
        }
    }

    /** Plans all minutes that have begun by then. */
    private void plan(LocalDateTime time) {
        for (; !finished && !nextMinute.isAfter(time); nextMinute = nextMinute.plusMinutes(1)) {
            for (MinuteSchedule.Planned planned : schedule.endingIn(nextMinute)) {
                List<LogRow> rows = writer.write(planned.shape(), planned.query(), planned.end())
                        .rows();
                enqueue(rows.stream()
                        .filter(row -> idle.stream().noneMatch(interval -> interval.contains(row.logTime())))
                        .toList());
            }
        }
    }

    private void enqueue(List<LogRow> rows) {
        rows.forEach(row -> pending.add(new Pending(row, number++)));
    }

    private Map<SystemTable, List<List<@Nullable String>>> takeDue(LocalDateTime time) {
        Map<SystemTable, List<List<@Nullable String>>> due = new LinkedHashMap<>();
        for (Pending next = pending.peek();
                next != null && !next.row().visible().isAfter(time);
                next = pending.peek()) {
            pending.remove();
            SystemTable table = tables.get(next.row().table());
            if (table == null) {
                throw new IllegalStateException("no table " + next.row().table() + " in " + redshift);
            }
            due.computeIfAbsent(table, key -> new ArrayList<>()).add(next.row().canonical(table));
        }
        return due;
    }

    private void insert(Map<SystemTable, List<List<@Nullable String>>> rows) throws SQLException, IOException {
        for (Map.Entry<SystemTable, List<List<@Nullable String>>> entry : rows.entrySet()) {
            CopyText.insert(connection, entry.getKey(), entry.getValue());
        }
    }

    private static LocalDateTime firstWholeMinute(LocalDateTime time) {
        LocalDateTime minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) ? minute : minute.plusMinutes(1);
    }
}
