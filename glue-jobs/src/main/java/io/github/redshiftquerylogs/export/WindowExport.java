package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.NewRows;
import io.github.redshiftquerylogs.lake.ReplacedValues;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.transfer.FirstExport;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.transfer.Sight;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.transfer.WindowReader;
import io.github.redshiftquerylogs.watermark.TablePosition;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowLength;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/** Reads windows of one table and commits their rows, or finds out whether there are none; moves the watermark. */
final class WindowExport {

    private static final String OTHER_RUN = "another run has moved the watermark";

    private final RunBounds run;
    private final ExportDeclaration declaration;
    private final RunPorts ports;
    private final OtherTables others;
    private final SourceProbe probe;
    private final WindowReader reader;
    private final RunLog log;
    private final TableNotes notes;
    private final ReplacedValues replaced = ReplacedValues.none();

    private TableCounts counts = TableCounts.NONE;
    private Optional<LocalDateTime> begun = Optional.empty();
    private boolean small;

    WindowExport(
            RunBounds run,
            ExportDeclaration declaration,
            RunPorts ports,
            OtherTables others,
            SourceProbe probe,
            TableNotes notes) {
        this.run = run;
        this.declaration = declaration;
        this.ports = ports;
        this.others = others;
        this.probe = probe;
        this.reader = new WindowReader(run.cluster(), declaration, ports.transfer(), probe);
        this.log = new RunLog(run.cluster()).forTable(declaration.name());
        this.notes = notes;
    }

    /**
     * A step.
     *
     * @param at what it starts from
     * @param length how long the window may be
     * @param news what is known about new rows; empty if nothing is
     * @param attempt the number of this attempt, from 1
     */
    record Step(TablePosition at, WindowLength length, Optional<News> news, int attempt) {}

    WindowReader reader() {
        return reader;
    }

    TableCounts counts() {
        return counts;
    }

    /** Where the first export began in this run, exclusive; UTC. Empty if it did not. */
    Optional<LocalDateTime> begun() {
        return begun;
    }

    /** Values that the lake cannot hold. */
    ReplacedValues replaced() {
        return replaced;
    }

    /** Goes on by one window, or by all the time without rows. */
    Progress step(Step step) {
        Optional<LocalDateTime> from = step.at().point().from().or(() -> firstExport(step));
        if (from.isEmpty()) {
            LocalDateTime to = run.runUpperBound();
            Window all = new Window(probe.beginning(), to);
            Window quiet = declaration.own().isPresent() ? all : new Window(Retention.safeFrom(to), to);
            return noRows(step, quiet, Optional.empty(), all);
        }
        if (step.news().filter(News::none).isPresent()) {
            News none = step.news().get();
            return decide(
                    step,
                    new Window(from.get(), run.runUpperBound()),
                    new Sight(false, none.proven(), none.quietUntil()),
                    false);
        }
        LocalDateTime begin =
                step.news().map(News::quietUntil).filter(from.get()::isBefore).orElseGet(from::get);
        return read(
                step,
                WindowPlan.next(begin, run.runUpperBound(), length(step.length()))
                        .orElseThrow());
    }

    private Duration length(WindowLength length) {
        return small ? length.ofFewRows() : length.current();
    }

    private Optional<LocalDateTime> firstExport(Step step) {
        FirstExport first = probe.firstExport();
        first.note().ifPresent(notes::add);
        if (begun.isEmpty()) {
            begun = first.from();
            // after a run that ended within a window, windows become shorter
            small = first.small()
                    && step.at().stored().unfinishedBefore(run.runId()).isEmpty();
        }
        return first.from();
    }

    private Progress read(Step step, Window window) {
        try (PendingWindows pending = new PendingWindows(step.at().table())) {
            boolean leftOut = readOne(step, window, pending);
            if (!pending.written().files().isEmpty()) {
                readAhead(step, pending);
                return append(step, pending);
            }
            finished(step, pending);
            Optional<LocalDateTime> maxLogTime = step.at().base().maxLogTime();
            // the cluster has shown rows of the window, even if none is left to append
            return leftOut
                    ? advance(step, maxLogTime, window, window.to(), OTHER_RUN)
                    : noRows(step, window, maxLogTime, window);
        } finally {
            reader.note().ifPresent(notes::add);
        }
    }

    /**
     * In the first export of a table with few rows, adds the windows that follow, so that they need one commit. A window
     * without rows ends this: its answer needs a proof before the watermark may pass it, and gets that in a step of its own.
     */
    private void readAhead(Step step, PendingWindows pending) {
        Optional<Window> next = windowAhead(step, pending);
        while (next.isPresent()) {
            readOne(step, next.get(), pending);
            next = pending.dropEmptyEnd() ? Optional.empty() : windowAhead(step, pending);
        }
    }

    private Optional<Window> windowAhead(Step step, PendingWindows pending) {
        // rows that repeat earlier ones are found in the lake, where those of windows before this one are not yet
        boolean goesOn = small
                && declaration.repeats().isEmpty()
                && pending.written().rows() <= FirstExport.FEW
                && ports.clock().instant().isBefore(run.deadline());
        return goesOn
                ? WindowPlan.next(pending.window().to(), run.runUpperBound(), length(step.length()))
                : Optional.empty();
    }

    /** Reads a window, without the rows that the lake has; returns whether some were left out. */
    private boolean readOne(Step step, Window window, PendingWindows pending) {
        ports.state().begin(run.cluster(), declaration.name(), new TableState.Attempt(run.runId(), window));
        counts = counts.plusAttempt();
        Instant begun = ports.clock().instant();
        ReadWindow read = reader.read(step.at().table(), window);
        pending.add(window, read, Duration.between(begun, ports.clock().instant()));
        NewRows rows = step.at().table().withoutRepeated(step.at().base(), read.written());
        pending.replaceLast(rows.written());
        if (rows.repeatedIds() > 0) {
            noteRepeated(rows);
        }
        return rows.leftOut() > 0;
    }

    private Progress append(Step step, PendingWindows pending) {
        Window window = pending.window();
        WrittenFiles written = pending.written();
        Optional<String> again = step.at()
                .table()
                .append(step.at().base(), pending.handOver(), evidence(window))
                .whyToStartOver();
        if (again.isPresent()) {
            return startOver(window, again.get());
        }
        finished(step, pending);
        return advance(step, written.maxLogTime(), window, window.to(), "its rows were committed, but " + OTHER_RUN);
    }

    /**
     * Finds out what an answer without rows means.
     *
     * @param window the window that the answer counts for
     * @param known the newest row of the cluster in the lake
     * @param looked the window in which the cluster is asked once more
     */
    private Progress noRows(Step step, Window window, Optional<LocalDateTime> known, Window looked) {
        Sight sight = probe.sight(known, looked);
        boolean othersShown =
                !sight.contradicts() && !sight.sees() && others.show(new Window(window.from(), sight.quietUntil()));
        // it may have begun to show rows since: what it shows after the others counts
        return decide(step, window, othersShown ? probe.sight(known, looked) : sight, othersShown);
    }

    private Progress decide(Step step, Window window, Sight sight, boolean othersShown) {
        NoRows follows =
                NoRows.of(window, sight, othersShown, step.at().stored().emptyBefore(run.runId()));
        if (follows instanceof NoRows.Moves moves) {
            return advance(step, step.at().base().maxLogTime(), window, moves.to(), OTHER_RUN);
        }
        if (follows instanceof NoRows.Waits waits) {
            log.waits(window);
            boolean stored = ports.state()
                    .await(
                            run.cluster(),
                            declaration.name(),
                            step.at().stored(),
                            new TableState.EmptyAnswer(run.runId(), waits.to()));
            return stored ? new Progress.Waits() : startOver(window, OTHER_RUN);
        }
        return startOver(window, "the cluster shows rows of the window that it did not return");
    }

    private void noteRepeated(NewRows rows) {
        if (declaration.heldBack().isPresent()) {
            if (rows.leftOut() > 0) {
                notes.add(rows.leftOut() + " rows are in the lake already, in an earlier state, and were left out");
            }
            return;
        }
        notes.add(rows.repeatedIds() + " query ids came back: " + rows.leftOut()
                + " of their rows are in the lake already, with the first run of their id, and were left out; "
                + rows.added() + " were added");
    }

    private Progress startOver(Window window, String reason) {
        log.startsOver(window, reason);
        return new Progress.StartsOver(reason);
    }

    private void finished(Step step, PendingWindows pending) {
        for (PendingWindows.Part part : pending.parts()) {
            counts = counts.plus(part.read());
            replaced.add(part.read().written().replaced());
            log.window(
                    part.window(),
                    part.read(),
                    part.time(),
                    step.attempt(),
                    pending.parts().size());
        }
    }

    private Progress advance(
            Step step, Optional<LocalDateTime> maxLogTime, Window window, LocalDateTime to, String refusal) {
        Watermark next = new Watermark(to, maxLogTime, step.at().base().tableUuid(), run.sourceIdentity());
        boolean stored = ports.state()
                .advance(
                        run.cluster(),
                        declaration.name(),
                        step.at().stored(),
                        next,
                        step.length().allowed());
        return stored ? new Progress.ReadUpTo(to) : startOver(window, refusal);
    }

    private Map<String, String> evidence(Window window) {
        return Map.of(
                "redshift_query_logs.cluster", run.cluster().value(),
                "redshift_query_logs.run_id", run.runId(),
                "redshift_query_logs.from", window.from().toString(),
                "redshift_query_logs.to", window.to().toString());
    }
}
