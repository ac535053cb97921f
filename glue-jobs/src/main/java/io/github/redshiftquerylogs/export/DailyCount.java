package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.count.DayCount;
import io.github.redshiftquerylogs.count.OpenDays;
import io.github.redshiftquerylogs.count.RowCounts;
import io.github.redshiftquerylogs.count.SourceCount;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.watermark.ClosedDay;
import io.github.redshiftquerylogs.window.Retention;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of past days in the source and in the lake, once per table and day, after the tables were exported. A
 * count that fails is a note; a later run tries again.
 *
 * <p>The lake is the truth: a count that is in the table {@code row_counts} is not made again, whatever the state says.
 */
final class DailyCount {

    /** As long as a run takes at most; so a count that times out is not repeated by each of many short runs either. */
    private static final Duration CLAIM = Duration.ofMinutes(30);

    private final RunBounds run;
    private final RunPorts ports;
    private final SourceCount source;
    private final List<ExportDeclaration> declarations;
    private final Optional<LocalDate> boundary;
    private @Nullable RowCounts counts;
    private List<DayCount> stored = List.of();
    private final Map<String, Map<LocalDate, List<Long>>> made = new HashMap<>();

    /** @param boundary the day on which the source took the place of another one: it has no rows of it and of days before */
    DailyCount(RunBounds run, RunPorts ports, List<ExportDeclaration> declarations, Optional<LocalDate> boundary) {
        this.run = run;
        this.ports = ports;
        this.source = new SourceCount(ports.source());
        this.declarations = declarations;
        this.boundary = boundary;
    }

    /** Counts the open days of all tables that were exported without an error; returns the summaries with further notes. */
    List<TableSummary> after(List<TableSummary> exported) {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (TableSummary summary : exported) {
            Optional<ExportDeclaration> log = declarations.stream()
                    .filter(declaration -> declaration.name().equals(summary.table()) && declaration.isLog())
                    .findFirst();
            if (log.isPresent()
                    && summary.error().isEmpty()
                    && summary.readUpTo().isPresent()) {
                Table table = new Table(log.get());
                table.count(summary.readUpTo().get());
                tables.put(summary.table(), table);
            }
        }
        tables.values()
                .forEach(table ->
                        table.made.forEach(count -> made.computeIfAbsent(count.table(), name -> new HashMap<>())
                                .put(count.day(), count.source())));
        store(tables.values().stream().filter(table -> !table.made.isEmpty()).toList());
        tables.values().forEach(Table::close);
        return exported.stream()
                .map(summary -> Optional.ofNullable(tables.get(summary.table()))
                        .map(table -> summary.withNotes(table.notes))
                        .orElse(summary))
                .toList();
    }

    /** The rows of the source of the days that this run has counted, by table and day. */
    Map<String, Map<LocalDate, List<Long>>> made() {
        return made;
    }

    /** In one commit, as each of them would be a file of its own. */
    private void store(List<Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        try {
            counts().append(
                            tables.stream()
                                    .flatMap(table -> table.made.stream())
                                    .toList(),
                            now(),
                            Map.of("redshift_query_logs.run_id", run.runId()));
        } catch (Exception | LinkageError e) {
            tables.forEach(table -> table.fail(e));
        }
    }

    private RowCounts counts() {
        RowCounts opened = counts;
        if (opened == null) {
            opened = new RowCounts(ports.lake().openRecords(RowCounts.definition(), run.cluster()));
            stored = opened.since(Retention.edge(run.runUpperBound()).toLocalDate());
            counts = opened;
        }
        return opened;
    }

    private boolean isPastDeadline() {
        return !ports.clock().instant().isBefore(run.deadline());
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(ports.clock().instant(), ZoneOffset.UTC);
    }

    /** The counts of one table. */
    private final class Table {

        private final ExportDeclaration export;
        private final RunLog log;
        private final List<String> notes = new ArrayList<>();
        /** Counts that are not in the lake yet. */
        private final List<DayCount> made = new ArrayList<>();

        private Optional<ClosedDay> closed = Optional.empty();

        Table(ExportDeclaration export) {
            this.export = export;
            this.log = new RunLog(run.cluster()).forTable(export.name());
        }

        void count(LocalDateTime readUpTo) {
            try {
                OpenDays open = OpenDays.of(
                        OpenDays.grace(run.cluster()),
                        ports.state().closedDay(run.cluster(), export.name()),
                        readUpTo,
                        run.runUpperBound());
                if (!open.days().isEmpty()
                        && !isPastDeadline()
                        && ports.state().claimCount(run.cluster(), export.name(), run.runId(), now(), CLAIM)) {
                    count(open);
                }
            } catch (Exception | LinkageError e) {
                fail(e);
            }
        }

        /** Oldest day first, until one fails. An older day that fails is given up: it must not block the later ones. */
        private void count(OpenDays open) {
            if (!open.trimmed().isEmpty()) {
                note("the rows of " + open.trimmed().get(0) + " to "
                        + open.trimmed().get(open.trimmed().size() - 1)
                        + " were not counted: the source may have trimmed some of them already");
            }
            LocalDate newest = open.days().get(open.days().size() - 1);
            for (LocalDate day : open.days()) {
                if (isPastDeadline()) {
                    return;
                }
                if (boundary.filter(last -> !day.isAfter(last)).isPresent()) {
                    note(notCounted(day, true) + "the source has taken the place of another one since");
                    closed = Optional.of(new ClosedDay(day, Optional.empty()));
                    continue;
                }
                Optional<DayCount> count = known(day).or(() -> make(day, day.isBefore(newest)));
                if (count.isEmpty() && day.equals(newest)) {
                    return;
                }
                closed = Optional.of(new ClosedDay(day, count.map(Table::totals)));
            }
        }

        private Optional<DayCount> known(LocalDate day) {
            counts();
            return stored.stream()
                    .filter(count ->
                            count.table().equals(export.name()) && count.day().equals(day))
                    .findFirst();
        }

        /** Counts a day; empty, with a note, if there is no answer. */
        private Optional<DayCount> make(LocalDate day, boolean lastTry) {
            try {
                DayCount count = new DayCount(
                        export.name(),
                        day,
                        source.rowsByHour(export, day),
                        ports.lake().open(export, run.cluster()).rowsByHour(day));
                if (count.showsNothing() && !lastTry) {
                    note(notCounted(day, false) + "the source shows none of the " + count.lakeRows()
                            + " rows that the lake has");
                    return Optional.empty();
                }
                log.counted(count);
                if (!count.hoursWithMissingRows().isEmpty()) {
                    note("on " + day + " the source has " + count.sourceRows() + " rows, the lake " + count.lakeRows()
                            + "; the source has more in the hours " + count.hoursWithMissingRows() + " (UTC)");
                }
                made.add(count);
                return Optional.of(count);
            } catch (Exception | LinkageError e) {
                note(notCounted(day, lastTry) + text(e));
                return Optional.empty();
            }
        }

        void close() {
            try {
                closed.ifPresent(day -> ports.state().closeDay(run.cluster(), export.name(), day, now()));
            } catch (Exception | LinkageError e) {
                fail(e);
            }
        }

        /** The state stays as it is, so a later run counts again, or finds the count in the lake. */
        void fail(Throwable problem) {
            closed = Optional.empty();
            note("the daily count was not stored, a later run tries again: " + text(problem));
        }

        private static ClosedDay.Totals totals(DayCount count) {
            return new ClosedDay.Totals(count.sourceRows(), count.lakeRows(), count.differingHours());
        }

        private static String notCounted(LocalDate day, boolean lastTry) {
            return "the rows of " + day + " were not counted, "
                    + (lastTry ? "and will not be: " : "a later run tries again: ");
        }

        private String text(Throwable problem) {
            return Failure.of(problem, ports.source()::redact).text();
        }

        private void note(String note) {
            log.note(note);
            notes.add(note);
        }
    }
}
