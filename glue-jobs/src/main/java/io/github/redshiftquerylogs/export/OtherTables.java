package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a cluster shows rows of a window in any table: then no row in another table is an answer. Shared by the tables of
 * a run, asked once per window.
 */
final class OtherTables {

    private final Source source;
    private final List<ExportDeclaration> declarations;
    private final Map<Window, Boolean> asked = new HashMap<>();
    private int sessions;

    /** Tables whose rows follow those of another one are left out: they show no row that the other one does not show. */
    OtherTables(Source source, List<ExportDeclaration> declarations) {
        this.source = source;
        this.declarations = declarations.stream()
                .filter(declaration -> declaration.parent().isEmpty())
                .toList();
    }

    /** Whether any table has a row of the window. */
    synchronized boolean show(Window window) {
        return asked.computeIfAbsent(window, this::ask);
    }

    private boolean ask(Window window) {
        try (SourceSession session = source.open("others " + ++sessions)) {
            return declarations.stream().anyMatch(declaration -> shows(session, declaration, window));
        } catch (SourceException e) {
            // not an answer, so nothing is shown; the exports of the tables themselves report why
            return false;
        }
    }

    private static boolean shows(SourceSession session, ExportDeclaration declaration, Window window) {
        try {
            return session.firstRow(
                            declaration.sql().firstRow(window),
                            declaration.sql().firstRowByPosition(window))
                    .filter(window::contains)
                    .isPresent();
        } catch (SourceException e) {
            if (e.isRefusal()) {
                return false;
            }
            throw e;
        }
    }
}
