package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The workload of a cluster: statements and the rows that they leave in the system tables. Virtual time moves only when it
 * is {@linkplain #advanceTo advanced}, for example by a {@link LiveLoad}, and never backwards.
 *
 * <ul>
 *   <li>A statement's rows become visible one by one, at or after its end, all within half of the settle time. Rows of the
 *       SYS views are shown while it runs and change, see {@link SysLog}.
 *   <li>A step to time t inserts every row that is visible by t and sets the source's clock to t, in one transaction: a
 *       reader that sees t on the clock sees those rows.
 *   <li>The rows depend only on seed and times, not on the steps in which time advances.
 *   <li>Committed rows are added to the {@link Ledger}.
 * </ul>
 *
 * <p>Thread-safe. From its first step on no other code may set the source's clock.
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
    /** Rows that may change and that the source shows. */
    private final Set<StateViews.Identity> shown = new HashSet<>();

    private LocalDateTime now;
    private LocalDateTime nextMinute;
    private long number;
    private boolean begun;
    private boolean finished;
    private boolean broken;

    /**
     * Creates a workload that begins at the time of the source's clock.
     *
     * @throws IllegalStateException if the source cannot be reached
     */
    public Workload(EmbeddedRedshift redshift, Ledger ledger, WorkloadProfile profile) {
        this.redshift = redshift;
        this.ledger = ledger;
        this.profile = profile;
        this.schedule = new MinuteSchedule(profile);
        this.writer = new ShapeWriter(profile, redshift.tables());
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

    /** Virtual time, which is the time of the source's clock (UTC, microseconds). */
    public synchronized LocalDateTime now() {
        return now;
    }

    /** The profile that it was created with. */
    public WorkloadProfile profile() {
        return profile;
    }

    /** The ledger of its rows. */
    public Ledger ledger() {
        return ledger;
    }

    /** The number of rows that are planned and not visible yet. */
    public synchronized int pendingRows() {
        return pending.size();
    }

    /**
     * Sets the beginning of virtual time, if it was not advanced yet; no statement ends before.
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
     * Writes a backlog: sets the beginning to {@code from} and advances to {@code to}.
     *
     * @throws IllegalStateException if time has been advanced already
     */
    public synchronized void writeHistory(LocalDateTime from, LocalDateTime to) {
        beginAt(from);
        for (LocalDateTime step = from.plus(HISTORY_STEP); step.isBefore(to); step = step.plus(HISTORY_STEP)) {
            advanceTo(step);
        }
        advanceTo(to);
        updateStatistics();
    }

    /** Without statistics of a backlog, PostgreSQL reads whole tables for each window. */
    private void updateStatistics() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot update the statistics of " + redshift, e);
        }
    }

    /**
     * Inserts all rows that are visible by a time and sets the clock to it.
     *
     * @throws IllegalArgumentException if the time lies before {@link #now}
     * @throws IllegalStateException if the rows cannot be written; the workload cannot be used afterwards
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
        List<DueRows> due = takeDue(time);
        try {
            for (DueRows rows : due) {
                rows.write(connection, shown);
            }
            EmbeddedRedshift.setClock(connection, time);
            connection.commit();
        } catch (SQLException | IOException e) {
            broken = true;
            throw new IllegalStateException("cannot write the rows up to " + time + " to " + redshift, e);
        }
        due.forEach(rows -> rows.enter(ledger, shown));
        now = time;
    }

    /**
     * Adds a statement of a given shape to those of the profile.
     *
     * @param end its end; far enough ahead that none of its events is finished yet, half a minute is enough
     * @return the statement with its rows, which become visible as time is advanced
     * @throws IllegalArgumentException if one of its events would be finished already
     */
    public synchronized LoggedStatement write(QueryShape shape, LocalDateTime end) {
        LoggedStatement statement = onDemand(shape, end);
        for (LogRow row : statement.rows()) {
            if (row.logTime().isBefore(now)) {
                throw new IllegalArgumentException("a row of " + row.table() + " would be of " + row.logTime()
                        + ", but it is " + now + " already");
            }
        }
        begun = true;
        enqueue(statement.rows());
        return statement;
    }

    /**
     * Adds a statement that has ended already, and that the cluster has not shown until now: its rows become visible when time
     * is advanced.
     *
     * @param end its end
     * @throws IllegalArgumentException if it has not ended, or if one of its events is not finished
     */
    public synchronized void writeLate(QueryShape shape, LocalDateTime end) {
        List<LogRow> rows = onDemand(shape, end).rows();
        for (LogRow row : rows) {
            if (row.logTime().isAfter(now)) {
                throw new IllegalArgumentException("a row of " + row.table() + " would be of " + row.logTime()
                        + ": expected the past, it is " + now);
            }
        }
        begun = true;
        enqueue(rows.stream()
                .map(row -> new LogRow(row.table(), row.values(), row.logTime(), now, row.entry()))
                .toList());
    }

    private LoggedStatement onDemand(QueryShape shape, LocalDateTime end) {
        LocalDateTime minute = end.truncatedTo(ChronoUnit.MINUTES);
        int used = writtenOnDemand.getOrDefault(minute, 0);
        int last = MinuteSchedule.FIRST_ID_ON_DEMAND + used + shape.ids() - 1;
        if (last > MinuteSchedule.LAST_ID_ON_DEMAND) {
            throw new IllegalArgumentException("too many statements on demand end in the minute " + minute);
        }
        writtenOnDemand.put(minute, used + shape.ids());
        return writer.write(shape, MinuteSchedule.idOf(minute, MinuteSchedule.FIRST_ID_ON_DEMAND + used), end);
    }

    /**
     * Keeps an interval without rows: no statement of the profile or added before this call ends in it. Rows of statements
     * that ended before may still become visible in it.
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
     * Ends the load: no further statement ends. Once time has been advanced by half of the settle time, all rows are
     * visible and none is pending; in the SYS views after {@link SysLog#LATENESS}. Rows that would become final later than
     * that stay as they are.
     */
    public synchronized void finish() {
        finished = true;
        pending.removeIf(
                p -> p.row().logTime().isAfter(now) || p.row().visible().isAfter(now.plus(SysLog.LATENESS)));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the connection to " + redshift, e);
        }
    }

    /** Plans all statements that a cluster shows until a time, running ones included. */
    private void plan(LocalDateTime time) {
        // a statement that runs is shown before the minute in which it ends
        LocalDateTime until = time.plus(writer.longestRun());
        for (; !finished && !nextMinute.isAfter(until); nextMinute = nextMinute.plusMinutes(1)) {
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

    private List<DueRows> takeDue(LocalDateTime time) {
        Map<String, DueRows> due = new LinkedHashMap<>();
        for (Pending next = pending.peek();
                next != null && !next.row().visible().isAfter(time);
                next = pending.peek()) {
            pending.remove();
            due.computeIfAbsent(next.row().table(), name -> new DueRows(Objects.requireNonNull(tables.get(name))))
                    .add(next.row());
        }
        return List.copyOf(due.values());
    }

    private static LocalDateTime firstWholeMinute(LocalDateTime time) {
        LocalDateTime minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) ? minute : minute.plusMinutes(1);
    }
}
