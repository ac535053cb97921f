package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Queries a cluster about one table: its columns and its first rows. */
public final class SourceProbe {

    private final Source source;
    private final ExportDeclaration declaration;
    private final LocalDateTime runUpperBound;
    private int sessions;

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

    /** The microsecond before the first row; empty if the source has no row up to the run's upper bound. */
    public Optional<LocalDateTime> beforeFirstRow() {
        try (SourceSession session = open()) {
            Optional<LocalDateTime> from = beforeFirstRow(session, new Window(SourceQuery.BEGINNING, runUpperBound));
            if (from.isPresent()) {
                // detects a query that ignores :from before any of its rows is kept
                beforeFirstRow(session, new Window(WindowPlan.justBefore(runUpperBound), runUpperBound));
            }
            return from;
        }
    }

    /**
     * The end of the gap after an empty window: the microsecond before the next row, or the run's upper bound if there
     * is none. Windows in the gap need not be read.
     */
    public LocalDateTime quietUntil(Window empty) {
        if (!empty.to().isBefore(runUpperBound)) {
            return empty.to();
        }
        try (SourceSession session = open()) {
            return beforeFirstRow(session, new Window(empty.to(), runUpperBound))
                    .orElse(runUpperBound);
        }
    }

    private Optional<LocalDateTime> beforeFirstRow(SourceSession session, Window window) {
        return session.firstRow(
                        declaration.sql().firstRow(window), declaration.sql().firstRowByPosition(window))
                .map(first -> WindowPlan.justBefore(
                        window.require(first.equals(SourceQuery.BEGINNING) ? null : first, declaration.name())));
    }
}
