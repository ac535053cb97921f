package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceColumn;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** What the export of one table asks its cluster besides the rows themselves. */
final class TableQuestions {

    private final Source source;
    private final ExportDeclaration declaration;
    private final LocalDateTime to;
    private int sessions;

    /** @param to the run's upper bound */
    TableQuestions(Source source, ExportDeclaration declaration, LocalDateTime to) {
        this.source = source;
        this.declaration = declaration;
        this.to = to;
    }

    /** A session of its own: none asks the same as another one of this run. */
    SourceSession open() {
        return source.open(declaration.name() + " " + ++sessions);
    }

    /** The columns that the table's query gives. */
    List<SourceColumn> columns() {
        try (SourceSession session = open()) {
            return session.columns(declaration.sql().columns());
        }
    }

    /** The instant before the first row; empty if the source has no row up to the run's upper bound. */
    Optional<LocalDateTime> beforeFirstRow() {
        try (SourceSession session = open()) {
            Optional<LocalDateTime> from = beforeFirstRow(session, new Window(SourceQuery.BEGINNING, to));
            if (from.isPresent()) {
                // a query that ignores where a window begins shows here, before anything of it is kept
                beforeFirstRow(session, new Window(WindowPlan.justBefore(to), to));
            }
            return from;
        }
    }

    /** After an empty window the next row may be far away; windows in between need not be read one by one. */
    LocalDateTime quietUntil(Window empty) {
        if (!empty.to().isBefore(to)) {
            return empty.to();
        }
        try (SourceSession session = open()) {
            return beforeFirstRow(session, new Window(empty.to(), to)).orElse(to);
        }
    }

    private Optional<LocalDateTime> beforeFirstRow(SourceSession session, Window window) {
        return session.time(declaration.sql().firstRow(window))
                .map(first -> WindowPlan.justBefore(
                        window.require(first.equals(SourceQuery.BEGINNING) ? null : first, declaration.name())));
    }
}
