package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.count.DayCount;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.DayRows;
import io.github.redshiftquerylogs.lake.LateRows;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.WindowReader;
import io.github.redshiftquerylogs.watermark.TablePosition;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes past days of one table: hours in which the source has more rows are read again, and the rows that the lake does
 * not have are added.
 *
 * <p>A day is not touched before the export has read past its end, on the same snapshot that the rows are added to. So
 * sealing never runs ahead of the export, also after a lake was rolled back or a state was lost.
 */
final class TableSealing {

    private static final Logger LOG = LoggerFactory.getLogger(TableSealing.class);

    private static final int ATTEMPTS = 10;

    /** Reading more rows than these may be what ends a run. */
    private static final long MANY_ROWS = 200_000;

    private final Task task;
    private final ExportDeclaration export;
    private final WindowReader reader;
    private final SourceProbe probe;
    private final Consumer<LocalDate> begins;

    private TablePosition at;
    private boolean described;

    /**
     * What is to be sealed.
     *
     * @param cluster the cluster
     * @param runId Glue's id of the run
     * @param export the table
     * @param upperBound the run's upper bound, UTC
     * @param positions how far the table was read, as of now
     */
    record Task(
            ClusterName cluster,
            String runId,
            ExportDeclaration export,
            LocalDateTime upperBound,
            Supplier<TablePosition> positions) {}

    /**
     * A sealing of one table.
     *
     * @param begins is called before work that may end the run
     */
    TableSealing(Task task, TransferPorts transfer, Consumer<LocalDate> begins) {
        this.task = task;
        this.export = task.export();
        this.probe = new SourceProbe(transfer.source(), export, task.upperBound());
        this.reader = new WindowReader(task.cluster(), export, transfer, probe);
        this.begins = begins;
        this.at = task.positions().get();
    }

    /** The days of which the lake has rows, and how many, when it was looked at last. */
    SortedMap<LocalDate, Long> daysInLake() {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        at.table().rowsByDay(LocalDate.EPOCH).forEach((day, rows) -> days.put(day, rows.rows()));
        return days;
    }

    /**
     * What is read again because somebody wants it.
     *
     * @param hours the hours of the day, 0 to 23
     * @param always whether the day gets an entry in any case
     */
    record Reread(Set<Integer> hours, boolean always) {

        static final Reread NOTHING = new Reread(Set.of(), false);
    }

    /** What came of a day. */
    sealed interface Outcome {

        /**
         * There is something new to say about it.
         *
         * @param day what
         * @param note what a user should know
         */
        record Entry(SealedDay day, Optional<String> note) implements Outcome {}

        /** It is as its last entry says. */
        record Unchanged() implements Outcome {}

        /** The export has not read past its end. */
        record Ahead() implements Outcome {}

        /**
         * It cannot be sealed now.
         *
         * @param why what is expected
         * @param soon whether the next run should try again; otherwise it is tried again a day later
         */
        record Open(String why, boolean soon) implements Outcome {}
    }

    /**
     * Completes a day that the source still has as a whole.
     *
     * @param source the rows of the day in the source, by hour
     * @param before the last entry of the day; empty if it is not sealed
     * @param last whether a day that the source shows less of than the lake is not tried again
     * @param reread what is read again although nothing seems to be missing
     */
    Outcome complete(LocalDate day, List<Long> source, Optional<SealedDay> before, boolean last, Reread reread) {
        if (!isReadPast(day, at)) {
            return new Outcome.Ahead();
        }
        DayCount count = new DayCount(export.name(), day, source, at.table().rowsByHour(day));
        SealedDay.Late late = SealedDay.Late.NONE;
        SortedSet<Integer> hours = new TreeSet<>(count.hoursWithMissingRows());
        // an hour without rows in the source has nothing to add
        hours.addAll(
                reread.hours().stream().filter(hour -> source.get(hour) > 0).toList());
        if (export.reread() && !hours.isEmpty()) {
            begins.accept(day);
            for (int hour : hours) {
                late = late.plus(step(day, hour));
            }
            if (late.moved() > 0) {
                // a row that left an hour may hide another one that was late
                for (int hour : count.hoursWithEqualRows()) {
                    if (!hours.contains(hour)) {
                        late = late.plus(step(day, hour));
                    }
                }
            }
            at = task.positions().get();
            return outcome(
                    new DayCount(export.name(), day, source, at.table().rowsByHour(day)),
                    before,
                    late,
                    last,
                    reread.always(),
                    count.lakeRows());
        }
        return outcome(count, before, late, last, reread.always(), count.lakeRows());
    }

    /**
     * What follows from the rows of both sides.
     *
     * @param now the rows as of now
     * @param always whether there is an entry also if nothing has changed
     * @param found the rows of the lake before late ones were added
     */
    private Outcome outcome(
            DayCount now, Optional<SealedDay> before, SealedDay.Late late, boolean last, boolean always, long found) {
        LocalDate day = now.day();
        long missing = 0;
        long more = 0;
        for (int hour = 0; hour < DayCount.HOURS; hour++) {
            long difference = now.source().get(hour) - now.lake().get(hour);
            missing += Math.max(0, difference);
            more += Math.max(0, -difference);
        }
        if (export.reread() && missing > late.moved()) {
            return new Outcome.Open(
                    "the source counts " + now.sourceRows()
                            + " rows of it and did not return all of them; the lake has " + now.lakeRows(),
                    true);
        }
        boolean showsLess = more > late.moved();
        boolean hasLost =
                before.filter(entry -> entry.lake().rows() > now.lakeRows()).isPresent();
        if (showsLess && !last && (before.isEmpty() || hasLost)) {
            return new Outcome.Open(
                    "the source shows " + now.sourceRows() + " rows of it: expected at least the " + now.lakeRows()
                            + " of the lake",
                    false);
        }
        if (!always
                && late.added() == 0
                && before.filter(entry -> entry.lake().rows() == now.lakeRows()).isPresent()) {
            return new Outcome.Unchanged();
        }
        DayRows content = content(day, now.lakeRows());
        boolean sealed = export.reread() && !hasLost && !(showsLess && before.isEmpty());
        return new Outcome.Entry(
                new SealedDay(
                        export.name(),
                        day,
                        1 + before.map(SealedDay::revision).orElse(0),
                        sealed ? SealedDay.State.SEALED : SealedDay.State.COUNTED_ONLY,
                        OptionalLong.of(now.sourceRows()),
                        content,
                        late,
                        task.runId()),
                before.filter(entry -> entry.lake().rows() > found)
                        .map(entry -> "the lake had " + found + " rows of "
                                + day + ": expected the " + entry.lake().rows() + " of its last seal; it has "
                                + now.lakeRows() + " now"));
    }

    /**
     * Closes a day of which no further rows can come: the source has it no longer, or is another one.
     *
     * @param as what it is
     */
    SealedDay close(LocalDate day, SealedDay.State as) {
        return new SealedDay(
                export.name(),
                day,
                1,
                as,
                OptionalLong.empty(),
                content(day, Long.MAX_VALUE),
                SealedDay.Late.NONE,
                task.runId());
    }

    private DayRows content(LocalDate day, long rows) {
        if (rows > MANY_ROWS) {
            begins.accept(day);
        }
        return at.table().day(at.base(), day);
    }

    /** Whether the export has read all of a day. */
    boolean isReadPast(LocalDate day) {
        return isReadPast(day, at);
    }

    private static boolean isReadPast(LocalDate day, TablePosition at) {
        LocalDateTime lastRow = WindowPlan.justBefore(day.plusDays(1).atStartOfDay());
        return at.point().from().filter(from -> !from.isBefore(lastRow)).isPresent();
    }

    /** Adds the rows of an hour that the lake does not have. */
    private SealedDay.Late step(LocalDate day, int hour) {
        LocalDateTime begin = day.atTime(hour, 0);
        Window window = new Window(WindowPlan.justBefore(begin), WindowPlan.justBefore(begin.plusHours(1)));
        String refusal = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            at = task.positions().get();
            if (!isReadPast(day, at)) {
                throw new LakeException("the lake was rolled back behind " + day + " while it was sealed");
            }
            describe();
            LateRows rows;
            try (ReadWindow read = reader.read(at.table(), window)) {
                try {
                    rows = at.table().missing(at.base(), window, read.written());
                } finally {
                    at.table().discard(List.of(read.written()));
                }
            }
            SealedDay.Late late = new SealedDay.Late(
                    rows.written().rows(),
                    rows.oldest()
                            .map(oldest -> Duration.between(oldest, task.upperBound()))
                            .orElse(Duration.ZERO),
                    rows.moved(),
                    rows.changed());
            if (late.added() == 0) {
                return late;
            }
            AppendResult result = at.table().appendLate(at.base(), day, rows.written(), evidence(window));
            if (result instanceof AppendResult.Committed) {
                LOG.info("{} {}: {} late rows of {} added", task.cluster(), export.name(), late.added(), window);
                return late;
            }
            // refused, or unknown whether it happened: a fresh base shows it
            refusal = result.toString();
            LOG.warn("{} {}: the late rows of {} start over: {}", task.cluster(), export.name(), window, refusal);
        }
        throw new LakeException("the late rows of " + window + " were refused " + ATTEMPTS
                + " times: expected no other run of this cluster at the same time; the last result: " + refusal);
    }

    private void describe() {
        if (!described) {
            List<SourceColumn> columns = probe.columns();
            at.table().adapt(columns);
            reader.expect(columns);
            described = true;
        }
    }

    private Map<String, String> evidence(Window window) {
        return Map.of(
                "redshift_query_logs.cluster", task.cluster().value(),
                "redshift_query_logs.run_id", task.runId(),
                "redshift_query_logs.late_from", window.from().toString(),
                "redshift_query_logs.late_to", window.to().toString());
    }
}
