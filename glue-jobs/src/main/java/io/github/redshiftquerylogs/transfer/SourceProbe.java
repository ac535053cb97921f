package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.FirstRows;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Queries a cluster about one table: its columns, its first rows, and whether it shows rows at all. A question that the
 * cluster does not answer, for example within the statement timeout, is a note: none is a precondition of progress.
 */
public final class SourceProbe {

    private final Source source;
    private final ExportDeclaration declaration;
    private final LocalDateTime runUpperBound;
    private int sessions;
    private @Nullable FirstExport firstExport;

    /** @param runUpperBound the latest {@code log_time} that the run reads, inclusive; UTC */
    public SourceProbe(Source source, ExportDeclaration declaration, LocalDateTime runUpperBound) {
        this.source = source;
        this.declaration = declaration;
        this.runUpperBound = runUpperBound;
    }

    /** Opens a session with a purpose that no other session of this run has. */
    SourceSession open() {
        return source.open(declaration.name() + " " + ++sessions);
    }

    /** The columns of the table's query, in its order. */
    public List<SourceColumn> columns() {
        try (SourceSession session = open()) {
            return session.columns(declaration.sql().columns());
        }
    }

    /** What lets the user read relations, see {@link SourceSession#grant}. */
    public String grant(List<String> relations) {
        try (SourceSession session = open()) {
            return session.grant(relations);
        }
    }

    /** Where a first export begins; asked until the source has a row. */
    public FirstExport firstExport() {
        FirstExport known = firstExport;
        if (known == null) {
            known = askFirstExport();
            firstExport = known.from().isPresent() ? known : null;
        }
        return known;
    }

    /** The time from which a first export reads, exclusive: tables of users may have years of rows. */
    public LocalDateTime beginning() {
        return declaration
                .own()
                .map(own -> WindowPlan.justBefore(own.beginning(runUpperBound)))
                .orElse(SourceQuery.BEGINNING);
    }

    private FirstExport askFirstExport() {
        try (SourceSession session = open()) {
            Window all = new Window(beginning(), runUpperBound);
            SourceSession.FirstOf rows = declaration.parent().isEmpty()
                    ? firstOf(session, all)
                    // children of many queries are many, and counting them takes long
                    : new SourceSession.FirstOf(firstRow(session, all), Long.MAX_VALUE);
            Optional<LocalDateTime> first = rows.time();
            if (first.isPresent()) {
                // detects a query that ignores :from before any of its rows is kept
                firstRow(session, new Window(WindowPlan.justBefore(runUpperBound), runUpperBound));
            }
            FirstExport begin =
                    declaration.own().isPresent() ? FirstExport.withRow(first) : FirstExport.of(first, runUpperBound);
            return begin.withRows(rows.number());
        } catch (SourceException e) {
            if (e.isOfStatement()) {
                throw e;
            }
            LocalDateTime earliest = declaration.own().isPresent() ? beginning() : Retention.beyond(runUpperBound);
            return FirstExport.unknown(earliest, String.valueOf(e.getMessage()));
        }
    }

    /** The number of rows without a time, which no window contains; empty if the declaration does not count them. */
    public Optional<Long> undated() {
        return declaration.undated().map(sql -> {
            try (SourceSession session = open()) {
                return session.number(sql);
            }
        });
    }

    /** The numbers of rows that are held back, by status; empty if the declaration does not count them. */
    public SortedMap<String, Long> heldBack() {
        SortedMap<String, Long> rows = new TreeMap<>();
        declaration.heldBack().ifPresent(query -> {
            try (SourceSession session = open()) {
                rows.putAll(session.numbers(query.upTo(runUpperBound)));
            }
        });
        return rows;
    }

    /**
     * What the cluster shows after an answer without rows. If it does not say, it shows nothing.
     *
     * @param known the newest row of the cluster in the lake
     * @param empty the window without rows
     */
    public Sight sight(Optional<LocalDateTime> known, Window empty) {
        List<Window> parts = new ArrayList<>(List.of(empty));
        if (empty.to().isBefore(runUpperBound)) {
            parts.add(new Window(empty.to(), runUpperBound));
        }
        known.ifPresent(row -> parts.add(new Window(WindowPlan.justBefore(row), row)));
        try (SourceSession session = open()) {
            List<LocalDateTime> shown = shown(session, parts);
            return new Sight(
                    shown.stream().anyMatch(empty::contains),
                    !shown.isEmpty(),
                    shown.stream()
                            .filter(row -> row.isAfter(empty.to()))
                            .findFirst()
                            .map(WindowPlan::justBefore)
                            .orElse(runUpperBound));
        } catch (SourceException e) {
            if (e.isOfStatement()) {
                throw e;
            }
            return Sight.nothing(empty.to());
        }
    }

    private List<LocalDateTime> shown(SourceSession session, List<Window> parts) {
        List<Optional<LocalDateTime>> times = session.firstRows(FirstRows.of(declaration.sql(), parts));
        List<LocalDateTime> shown = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            Window window = parts.get(part);
            times.get(part).ifPresent(time -> shown.add(window.require(undated(time), declaration.name())));
        }
        return shown;
    }

    private Optional<LocalDateTime> firstRow(SourceSession session, Window window) {
        return session.firstRow(
                        declaration.sql().firstRow(window), declaration.sql().firstRowByPosition(window))
                .map(first -> window.require(undated(first), declaration.name()));
    }

    private SourceSession.FirstOf firstOf(SourceSession session, Window window) {
        SourceSession.FirstOf found = session.firstOf(
                declaration.sql().firstRowAndNumber(window), declaration.sql().firstRowAndNumberByPosition(window));
        found.time().ifPresent(first -> window.require(undated(first), declaration.name()));
        return found;
    }

    private static @Nullable Object undated(Object time) {
        return time.equals(SourceQuery.BEGINNING) ? null : time;
    }
}
