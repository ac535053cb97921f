package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a cluster whether it has trimmed rows before they were read. Shared by the tables of a run. */
final class GapSearch {

    private final Source source;
    private final List<ExportDeclaration> declarations;
    private final LocalDateTime runUpperBound;
    private Optional<LocalDateTime> horizon = Optional.empty();
    private boolean asked;
    private @Nullable SourceException unanswered;
    private int sessions;

    GapSearch(Source source, List<ExportDeclaration> declarations, LocalDateTime runUpperBound) {
        this.source = source;
        this.declarations = declarations;
        this.runUpperBound = runUpperBound;
    }

    /**
     * The gap of a table.
     *
     * @param readUpTo up to where it was read
     * @param newest its newest row in the lake
     * @throws SourceException if the cluster does not answer
     */
    synchronized Optional<Gap> of(
            ExportDeclaration declaration, LocalDateTime readUpTo, Optional<LocalDateTime> newest) {
        try (SourceSession session = source.open("gap " + ++sessions)) {
            boolean shown = newest.map(row -> new Window(WindowPlan.justBefore(row), row))
                    .flatMap(row -> firstRow(session, declaration, row))
                    .isPresent();
            Gap.Evidence evidence = shown
                    ? new Gap.Evidence(newest, true, Optional.empty(), Optional.empty())
                    : new Gap.Evidence(
                            newest,
                            false,
                            firstRow(session, declaration, new Window(readUpTo, runUpperBound)),
                            horizon(session));
            return Gap.of(readUpTo, evidence, runUpperBound);
        }
    }

    /**
     * The oldest row within the retention that any exported table shows; asked at most once a run. Tables that the cluster
     * refuses to read are left out; their own exports report why.
     */
    private Optional<LocalDateTime> horizon(SourceSession session) {
        if (!asked) {
            asked = true;
            Window retained = new Window(Retention.edge(runUpperBound), runUpperBound);
            try {
                horizon = declarations.stream()
                        .flatMap(declaration -> firstRowIfAllowed(session, declaration, retained).stream())
                        .min(LocalDateTime::compareTo);
            } catch (SourceException e) {
                // as expensive for the next table
                unanswered = e;
            }
        }
        if (unanswered != null) {
            throw unanswered;
        }
        return horizon;
    }

    private static Optional<LocalDateTime> firstRowIfAllowed(
            SourceSession session, ExportDeclaration declaration, Window window) {
        try {
            return firstRow(session, declaration, window);
        } catch (SourceException e) {
            if (e.isRefusal()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<LocalDateTime> firstRow(
            SourceSession session, ExportDeclaration declaration, Window window) {
        return session.firstRow(
                        declaration.sql().firstRow(window), declaration.sql().firstRowByPosition(window))
                .filter(window::contains);
    }
}
