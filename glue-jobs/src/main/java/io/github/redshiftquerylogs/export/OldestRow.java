package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The oldest row that any exported table of a cluster shows; queried at most once a run, when it is first needed. */
final class OldestRow {

    private final Source source;
    private final List<ExportDeclaration> declarations;
    private final LocalDateTime runUpperBound;
    private Optional<LocalDateTime> oldest = Optional.empty();
    private boolean asked;
    private int attempts;

    OldestRow(Source source, List<ExportDeclaration> declarations, LocalDateTime runUpperBound) {
        this.source = source;
        this.declarations = declarations;
        this.runUpperBound = runUpperBound;
    }

    /**
     * The {@code log_time} of the oldest row; empty if the cluster shows no row. Tables that it refuses to read are left out;
     * their own exports report why.
     */
    synchronized Optional<LocalDateTime> find() {
        if (!asked) {
            try (SourceSession session = source.open("horizon " + ++attempts)) {
                Window all = new Window(SourceQuery.BEGINNING, runUpperBound);
                oldest = declarations.stream()
                        .flatMap(declaration -> firstRow(session, declaration, all).stream())
                        .min(LocalDateTime::compareTo);
                asked = true;
            }
        }
        return oldest;
    }

    private static Optional<LocalDateTime> firstRow(SourceSession session, ExportDeclaration declaration, Window all) {
        try {
            return session.firstRow(
                            declaration.sql().firstRow(all), declaration.sql().firstRowByPosition(all))
                    .filter(all::contains);
        } catch (SourceException e) {
            if (e.isRefusal()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
