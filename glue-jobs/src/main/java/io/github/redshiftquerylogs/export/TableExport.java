package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.ClockSkewException;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.NewRows;
import io.github.redshiftquerylogs.lake.ReplacedValues;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.transfer.FirstExport;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.transfer.Sight;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.transfer.WindowReader;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.UpperBound;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowLength;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exports one table of one cluster: window by window, oldest first, until the run's upper bound or its budget is
 * reached.
 *
 * <p>Each step starts from the lake and the stored state alone, so continuing after a refused commit, after another run's
 * interference and after a crash is the same code.
 */
final class TableExport implements Export {

    /** Steps in a row that may fail because another run or cluster was first. */
    private static final int MAX_FRUITLESS_STEPS = 10;

    private final RunBounds run;
    private final ExportDeclaration declaration;
    private final RunPorts ports;
    private final GapSearch gaps;
    private final OtherTables others;
    private final SourceProbe probe;
    private final WindowReader reader;
    private final RunLog log;
    private final List<String> notes = new ArrayList<>();
    private final ReplacedValues replaced = ReplacedValues.none();

    private TableCounts counts = TableCounts.NONE;
    private boolean complete;
    private boolean waiting;
    private Optional<Unavailable> unavailable = Optional.empty();
    private Optional<StartingPoint> start = Optional.empty();
    private Optional<LocalDateTime> readUpTo = Optional.empty();
    private int fruitlessSteps;
    private String lastRefusal = "";

    TableExport(RunBounds run, ExportDeclaration declaration, RunPorts ports, GapSearch gaps, OtherTables others) {
        this.run = run;
        this.declaration = declaration;
        this.ports = ports;
        this.gaps = gaps;
        this.others = others;
        this.probe = new SourceProbe(ports.source(), declaration, run.runUpperBound());
        this.reader = new WindowReader(run.cluster(), declaration, ports.transfer(), probe);
        this.log = new RunLog(run.cluster()).forTable(declaration.name());
    }

    /**
     * What a step starts from.
     *
     * @param table the lake's table
     * @param base the cluster's position in it, and the base of the step's commit
     * @param point where the step's window begins
     * @param stored the stored state, which the step's watermark replaces
     * @param length how long the window may be
     */
    private record Step(
            LakeTable table, LakePosition base, StartingPoint point, TableState stored, WindowLength length) {}

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public TableSummary export() {
        Instant begun = ports.clock().instant();
        Optional<String> error = Optional.empty();
        try {
            exportWindows();
        } catch (ClockSkewException e) {
            // whether the whole run has to wait for the clock depends on the other tables
            throw e;
        } catch (Exception | Error e) {
            // Exception, because Spark throws checked exceptions that it does not declare
            Failure failure = Failure.of(e, ports.source()::redact);
            log.failed(failure);
            error = Optional.of(failure.text());
        }
        replaced.notes().forEach(this::note);
        return new TableSummary(
                declaration.name(),
                start,
                readUpTo,
                counts,
                Duration.between(begun, ports.clock().instant()),
                complete,
                List.copyOf(notes),
                unavailable,
                error);
    }

    private void exportWindows() {
        LakeTable table = ports.lake().open(declaration, run.cluster());
        // loaded again: a table that comes last begins long after the run
        TableState stored = loadState();
        WindowLength length =
                WindowLength.of(run.longestWindow(), stored.windowLength(), stored.unfinishedBefore(run.runId()));
        while (true) {
            LakePosition base = table.position(stored.watermark().flatMap(Watermark::maxLogTime));
            StartingPoint point = StartingPoint.of(stored.watermark(), base.tableUuid(), base.maxLogTime());
            readUpTo = point.from();
            if (start.isEmpty()) {
                begin(table, base, point);
                if (unavailable.isPresent()) {
                    return;
                }
            }
            if (!readUpTo.orElseGet(probe::beginning).isBefore(run.runUpperBound())) {
                complete = true;
                return;
            }
            // the first window ignores the deadline: a table that comes last must not starve
            if (counts.attempts() > 0 && !ports.clock().instant().isBefore(run.deadline())) {
                return;
            }
            if (step(new Step(table, base, point, stored, length))) {
                if (waiting) {
                    complete = true;
                    return;
                }
                fruitlessSteps = 0;
                length = length.grown();
            } else {
                fruitlessSteps++;
                requireProgress();
            }
            stored = loadState();
        }
    }

    private TableState loadState() {
        TableState stored = ports.state()
                .load(run.cluster(), declaration.name())
                .upTo(UpperBound.latestPossible(ports.clock().instant()));
        stored.lost().forEach(this::note);
        return stored;
    }

    private void requireProgress() {
        if (fruitlessSteps == MAX_FRUITLESS_STEPS) {
            throw new LakeException("gave up after " + fruitlessSteps
                    + " refused attempts in a row: expected no other run of this cluster at the same time, and pauses"
                    + " between the commits of other clusters; the last refusal: " + lastRefusal);
        }
    }

    /** Checks and preparations before the first window. */
    private void begin(LakeTable table, LakePosition base, StartingPoint point) {
        start = Optional.of(point);
        point.from().ifPresent(from -> UpperBound.requireNotBefore(run.runUpperBound(), from, declaration.name()));
        if (point.from().isEmpty() || point.from().get().isBefore(run.runUpperBound())) {
            adaptTo(table, point);
            if (unavailable.isPresent()) {
                return;
            }
        }
        point.from()
                .filter(from -> declaration.own().isEmpty() && Gap.isPossible(from, run.runUpperBound()))
                .ifPresent(from -> searchGap(from, base.maxLogTime()));
        LocalDate today = run.runUpperBound().toLocalDate();
        if (point.from().isEmpty() || point.from().get().toLocalDate().isBefore(today)) {
            UnreadRows.notes(probe).forEach(this::note);
        }
    }

    private void adaptTo(LakeTable table, StartingPoint point) {
        try {
            List<SourceColumn> columns = probe.columns();
            table.adapt(columns).forEach(this::note);
            reader.expect(columns);
        } catch (SourceException e) {
            if (point.from().isPresent() || !Unavailable.isMeantBy(e)) {
                throw e;
            }
            unavailable = Optional.of(Unavailable.of(declaration, e, probe::grant));
        }
    }

    private void searchGap(LocalDateTime from, Optional<LocalDateTime> newest) {
        try {
            gaps.of(declaration, from, newest).ifPresent(gap -> {
                ports.state().recordGap(run.cluster(), declaration.name(), run.runId(), gap);
                note(gap.toString());
            });
        } catch (SourceException e) {
            note("whether rows were trimmed before they were read is unknown: " + e.getMessage());
        }
    }

    /** Adds a finding to the summary, once, and logs it. */
    void note(String note) {
        if (!notes.contains(note)) {
            log.note(note);
            notes.add(note);
        }
    }

    /** Reads and commits one window; false if another run or cluster was first and the step has to start over. */
    private boolean step(Step step) {
        Optional<LocalDateTime> from = step.point().from().or(this::firstExport);
        if (from.isEmpty()) {
            LocalDateTime to = run.runUpperBound();
            Window all = new Window(probe.beginning(), to);
            Window quiet = declaration.own().isPresent() ? all : new Window(Retention.safeFrom(to), to);
            return noRows(step, quiet, () -> probe.sight(Optional.empty(), all));
        }
        Window window = WindowPlan.next(
                        from.get(), run.runUpperBound(), step.length().current())
                .orElseThrow();
        ports.state().begin(run.cluster(), declaration.name(), new TableState.Attempt(run.runId(), window));
        counts = counts.plusAttempt();
        Instant begun = ports.clock().instant();
        try (ReadWindow read = reader.read(step.table(), window)) {
            NewRows rows = step.table().withoutRepeated(step.base(), read.written());
            ReadWindow left = new ReadWindow(rows.written(), read.staging());
            if (rows.repeatedIds() > 0) {
                noteRepeated(rows);
            }
            return append(step, window, left, rows.leftOut() > 0, begun);
        } finally {
            reader.note().ifPresent(this::note);
        }
    }

    /** @param shown whether the cluster has shown rows of the window, even if none is left to append */
    private boolean append(Step step, Window window, ReadWindow read, boolean shown, Instant begun) {
        WrittenFiles written = read.written();
        if (written.files().isEmpty()) {
            finished(window, read, begun);
            if (shown) {
                return advance(step, step.base().maxLogTime(), window.to())
                        || startOver(window, "another run has moved the watermark");
            }
            return noRows(step, window, () -> probe.sight(step.base().maxLogTime(), window));
        }
        Optional<String> again =
                step.table().append(step.base(), written, evidence(window)).whyToStartOver();
        if (again.isPresent()) {
            return startOver(window, again.get());
        }
        finished(window, read, begun);
        if (!advance(step, written.maxLogTime(), window.to())) {
            return startOver(window, "its rows were committed, but another run has moved the watermark");
        }
        return true;
    }

    private Optional<LocalDateTime> firstExport() {
        FirstExport first = probe.firstExport();
        first.note().ifPresent(this::note);
        return first.from();
    }

    private boolean noRows(Step step, Window window, Supplier<Sight> look) {
        Sight sight = look.get();
        boolean othersShown =
                !sight.contradicts() && !sight.sees() && others.show(new Window(window.from(), sight.quietUntil()));
        if (othersShown) {
            // it may have begun to show rows since: what it shows after the others counts
            sight = look.get();
        }
        NoRows follows = NoRows.of(window, sight, othersShown, step.stored().emptyBefore(run.runId()));
        if (follows instanceof NoRows.Moves moves) {
            return advance(step, step.base().maxLogTime(), moves.to())
                    || startOver(window, "another run has moved the watermark");
        }
        if (follows instanceof NoRows.Waits waits) {
            log.waits(window);
            waiting = ports.state()
                    .await(
                            run.cluster(),
                            declaration.name(),
                            step.stored(),
                            new TableState.EmptyAnswer(run.runId(), waits.to()));
            return waiting || startOver(window, "another run has moved the watermark");
        }
        return startOver(window, "the cluster shows rows of the window that it did not return");
    }

    private void noteRepeated(NewRows rows) {
        if (declaration.heldBack().isPresent()) {
            if (rows.leftOut() > 0) {
                note(rows.leftOut() + " rows are in the lake already, in an earlier state, and were left out");
            }
            return;
        }
        note(rows.repeatedIds() + " query ids came back: " + rows.leftOut()
                + " of their rows are in the lake already, with the first run of their id, and were left out; "
                + rows.added() + " were added");
    }

    private boolean startOver(Window window, String reason) {
        lastRefusal = reason;
        log.startsOver(window, reason);
        return false;
    }

    private void finished(Window window, ReadWindow read, Instant begun) {
        counts = counts.plus(read);
        replaced.add(read.written().replaced());
        log.window(window, read, Duration.between(begun, ports.clock().instant()), fruitlessSteps + 1);
    }

    private boolean advance(Step step, Optional<LocalDateTime> maxLogTime, LocalDateTime newReadUpTo) {
        Watermark next = new Watermark(newReadUpTo, maxLogTime, step.base().tableUuid(), run.sourceIdentity());
        return ports.state()
                .advance(
                        run.cluster(),
                        declaration.name(),
                        step.stored(),
                        next,
                        step.length().allowed());
    }

    private Map<String, String> evidence(Window window) {
        return Map.of(
                "redshift_query_logs.cluster", run.cluster().value(),
                "redshift_query_logs.run_id", run.runId(),
                "redshift_query_logs.from", window.from().toString(),
                "redshift_query_logs.to", window.to().toString());
    }
}
