package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceException;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The oldest row that any exported table of a cluster shows; asked for once a run, and only if somebody needs it. */
final class Horizon {

    private final Source source;
    private final List<ExportDeclaration> declarations;
    private final LocalDateTime to;
    private Optional<LocalDateTime> oldest = Optional.empty();
    private boolean asked;
    private int attempts;

    Horizon(Source source, List<ExportDeclaration> declarations, LocalDateTime to) {
        this.source = source;
        this.declarations = declarations;
        this.to = to;
    }

    /** Empty if the cluster shows no row at all. Tables that it refuses do not count; their own exports say why. */
    synchronized Optional<LocalDateTime> oldestRow() {
        if (!asked) {
            try (SourceSession session = source.open("horizon " + ++attempts)) {
                Window all = new Window(SourceQuery.BEGINNING, to);
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
            return session.time(declaration.sql().firstRow(all)).filter(all::contains);
        } catch (SourceException e) {
            if (e.isRefusal()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
