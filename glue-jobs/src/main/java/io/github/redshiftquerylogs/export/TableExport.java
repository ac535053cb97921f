package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.transfer.WindowReader;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.UpperBound;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowLength;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exports one table of one cluster: window by window, oldest first, until the run's upper bound or its budget is
 * reached.
 *
 * <p>Each step decides afresh from the lake and the stored state, and remembers nothing itself: going on after a
 * refused commit, after another run's interference and after a crash is the same thing.
 */
final class TableExport {

    /** Steps in a row that may come to nothing because somebody else was first. */
    private static final int FRUITLESS_STEPS = 10;

    private final RunBounds run;
    private final ExportDeclaration declaration;
    private final RunPorts ports;
    private final Horizon horizon;
    private final SourceProbe probe;
    private final WindowReader reader;
    private final List<String> notes = new ArrayList<>();

    private int windows;
    private int unloaded;
    private int attempts;
    private long rows;
    private boolean complete;
    private @Nullable StartingPoint start;
    private @Nullable LocalDateTime readUpTo;
    private String refusal = "";

    TableExport(RunBounds run, ExportDeclaration declaration, RunPorts ports, Horizon horizon) {
        this.run = run;
        this.declaration = declaration;
        this.ports = ports;
        this.horizon = horizon;
        this.probe = new SourceProbe(ports.source(), declaration, run.runUpperBound());
        this.reader = new WindowReader(run.cluster(), declaration, ports.transfer(), probe);
    }

    /** Of the table. */
    String name() {
        return declaration.name();
    }

    /** Exports; a failure is part of the summary, so that other tables go on. */
    TableSummary export() {
        Instant begun = ports.clock().instant();
        Optional<String> error = Optional.empty();
        try {
            exportWindows();
        } catch (Exception | Error e) {
            // Spark throws checked exceptions that it does not declare
            error = Optional.of(ErrorText.of(e));
        }
        Optional<StartingPoint> from = Optional.ofNullable(start);
        return new TableSummary(
                declaration.name(),
                from.map(point -> point.origin().name().toLowerCase(Locale.ROOT)),
                from.flatMap(StartingPoint::from),
                Optional.ofNullable(readUpTo),
                windows,
                unloaded,
                rows,
                attempts,
                Duration.between(begun, ports.clock().instant()),
                complete,
                List.copyOf(notes),
                error);
    }

    private void exportWindows() {
        LakeTable table = ports.lake().open(declaration, run.cluster());
        // not what the run has loaded: a table that comes last begins long after
        TableState stored = ports.state().load(run.cluster(), declaration.name());
        WindowLength length =
                WindowLength.of(run.longestWindow(), stored.windowLength(), stored.unfinishedBefore(run.runId()));
        int fruitless = 0;
        while (true) {
            LakePosition base = table.position(stored.watermark().flatMap(Watermark::lakeGreatest));
            StartingPoint point = StartingPoint.of(stored.watermark(), base.tableUuid(), base.greatest());
            readUpTo = point.from().orElse(null);
            if (start == null) {
                begin(table, point);
            }
            if (readUpTo != null && !readUpTo.isBefore(run.runUpperBound())) {
                complete = true;
                return;
            }
            // one window in any case: a table that comes last must not starve
            if (attempts > 0 && !ports.clock().instant().isBefore(run.deadline())) {
                return;
            }
            if (step(table, base, point, stored, length)) {
                fruitless = 0;
                length = length.grown();
            } else if (++fruitless == FRUITLESS_STEPS) {
                throw new IllegalStateException("gave up after " + fruitless
                        + " attempts in a row that came to nothing: expected no other run of this cluster at the"
                        + " same time, and pauses between the commits of other clusters; the last one: " + refusal);
            }
            stored = ports.state().load(run.cluster(), declaration.name());
        }
    }

    /** What has to be known once, before the first window. */
    private void begin(LakeTable table, StartingPoint point) {
        start = point;
        if (point.origin() == StartingPoint.Origin.LAKE) {
            point.from().ifPresent(from -> UpperBound.requireNotBefore(run.runUpperBound(), from, declaration.name()));
        }
        point.from()
                .filter(from -> Gap.isPossible(from, run.runUpperBound()))
                .flatMap(from -> Gap.of(from, horizon.oldestRow(), run.runUpperBound()))
                .ifPresent(gap -> {
                    ports.state().recordGap(run.cluster(), declaration.name(), run.runId(), gap);
                    notes.add(gap.toString());
                });
        if (point.from().isEmpty() || point.from().get().isBefore(run.runUpperBound())) {
            List<SourceColumn> columns = probe.columns();
            notes.addAll(table.adapt(columns));
            reader.expect(columns);
        }
    }

    /** Reads and commits one window; false if somebody else was first and it has to start over. */
    private boolean step(
            LakeTable table, LakePosition base, StartingPoint point, TableState stored, WindowLength length) {
        Optional<LocalDateTime> from = point.from().or(probe::beforeFirstRow);
        if (from.isEmpty()) {
            // the source has no row at all
            return advance(base, base.greatest(), run.runUpperBound(), stored, length);
        }
        Window window = WindowPlan.next(from.get(), run.runUpperBound(), length.current())
                .orElseThrow();
        ports.state().begin(run.cluster(), declaration.name(), new TableState.Attempt(run.runId(), window));
        attempts++;
        try (ReadWindow read = reader.read(table, window)) {
            return append(table, base, window, read, stored, length);
        } finally {
            reader.note().filter(note -> !notes.contains(note)).ifPresent(notes::add);
        }
    }

    private boolean append(
            LakeTable table,
            LakePosition base,
            Window window,
            ReadWindow read,
            TableState stored,
            WindowLength length) {
        WrittenFiles written = read.written();
        if (written.files().isEmpty()) {
            return advance(base, base.greatest(), probe.quietUntil(window), stored, length) && counted(read);
        }
        AppendResult result = table.append(base, written, evidence(window));
        refusal = result.reason();
        return switch (result.outcome()) {
            case COMMITTED -> counted(read) && advance(base, written.greatestLogTime(), window.to(), stored, length);
            case REFUSED, UNKNOWN -> false;
        };
    }

    private boolean counted(ReadWindow read) {
        windows++;
        unloaded += read.unloaded() ? 1 : 0;
        rows += read.written().rows();
        return true;
    }

    private boolean advance(
            LakePosition base,
            Optional<LocalDateTime> greatest,
            LocalDateTime newReadUpTo,
            TableState stored,
            WindowLength length) {
        Watermark next = new Watermark(newReadUpTo, greatest, base.tableUuid(), run.sourceIdentity());
        return ports.state().advance(run.cluster(), declaration.name(), stored, next, length.allowed());
    }

    private Map<String, String> evidence(Window window) {
        return Map.of(
                "redshift_query_logs.cluster", run.cluster().value(),
                "redshift_query_logs.run_id", run.runId(),
                "redshift_query_logs.from", window.from().toString(),
                "redshift_query_logs.to", window.to().toString());
    }
}
