package io.github.redshiftquerylogs.news;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.FirstRows;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run has not read of a log.
 *
 * @param declaration the log
 * @param window from where the log was read to the run's upper bound
 * @param newest the newest row of the cluster in the lake; empty if it has none
 */
public record Unread(ExportDeclaration declaration, Window window, Optional<LocalDateTime> newest) {

    /**
     * A log that is further behind has new rows in all likelihood, and looking through days of rows may take long. It is read
     * window by window.
     */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Whether it is asked for new rows. */
    boolean isAsked() {
        return window.length().compareTo(LONGEST) <= 0;
    }

    String name() {
        return declaration.name();
    }

    /** The parts of the question: the window and, if the lake has rows, the time of the newest one. */
    List<FirstRows.Part> parts() {
        List<FirstRows.Part> parts = new ArrayList<>();
        parts.add(new FirstRows.Part(declaration.sql(), window));
        newest.ifPresent(
                row -> parts.add(new FirstRows.Part(declaration.sql(), new Window(WindowPlan.justBefore(row), row))));
        return parts;
    }
}
