package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.SourceLogin;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.UpperBound;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowLength;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final SourceLogin login;
    private final ExportState state;
    private final WindowTasks tasks;
    private final Clock clock;
    private final Horizon horizon;
    private final Supplier<LakeTable> open;
    private final List<String> notes = new ArrayList<>();

    private int windows;
    private int attempts;
    private long rows;
    private boolean complete;
    private @Nullable StartingPoint start;
    private @Nullable LocalDateTime readUpTo;
    private String refusal = "";

    TableExport(
            RunBounds run,
            ExportDeclaration declaration,
            SourceLogin login,
            Lake lake,
            ExportState state,
            WindowTasks tasks,
            Horizon horizon,
            Clock clock) {
        this.run = run;
        this.declaration = declaration;
        this.login = login;
        this.state = state;
        this.tasks = tasks;
        this.horizon = horizon;
        this.clock = clock;
        this.open = () -> lake.open(declaration, run.cluster());
    }

    /**
     * What holds for all tables of a run.
     *
     * @param cluster the cluster
     * @param runId Glue's id of the run
     * @param sourceIdentity what tells the cluster from another one of its name
     * @param to the run's upper bound
     * @param longestWindow the longest window allowed
     * @param deadline after which no window is begun
     */
    record RunBounds(
            ClusterName cluster,
            String runId,
            String sourceIdentity,
            LocalDateTime to,
            Duration longestWindow,
            Instant deadline) {}

    /** Exports; a failure is part of the summary, so that other tables go on. */
    TableSummary export() {
        Instant begun = clock.instant();
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
                rows,
                attempts,
                Duration.between(begun, clock.instant()),
                complete,
                List.copyOf(notes),
                error);
    }

    private void exportWindows() {
        LakeTable table = open.get();
        TableState stored = state.load(run.cluster(), declaration.name());
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
            if (readUpTo != null && !readUpTo.isBefore(run.to())) {
                complete = true;
                return;
            }
            // one window in any case: a table that comes last must not starve
            if (attempts > 0 && !clock.instant().isBefore(run.deadline())) {
                return;
            }
            if (step(table, base, point, stored, length)) {
                fruitless = 0;
                length = length.grown();
            } else if (++fruitless == FRUITLESS_STEPS) {
                throw new IllegalStateException("gave up after " + fruitless
                        + " attempts in a row that came to nothing: expected no other run of this cluster at the"
                        + " same time; the last one: " + refusal);
            }
            stored = state.load(run.cluster(), declaration.name());
        }
    }

    /** What has to be known once, before the first window. */
    private void begin(LakeTable table, StartingPoint point) {
        start = point;
        if (point.origin() == StartingPoint.Origin.LAKE) {
            point.from().ifPresent(from -> UpperBound.requireNotBefore(run.to(), from, declaration.name()));
        }
        point.from()
                .filter(from -> Gap.isPossible(from, run.to()))
                .flatMap(from -> Gap.of(from, horizon.oldestRow(), run.to()))
                .ifPresent(gap -> {
                    state.recordGap(run.cluster(), declaration.name(), run.runId(), gap);
                    notes.add(gap.toString());
                });
        if (point.from().isEmpty() || point.from().get().isBefore(run.to())) {
            try (SourceSession session = login.open()) {
                notes.addAll(table.adapt(session.columns(declaration.sql().columns())));
            }
        }
    }

    /** Reads and commits one window; false if somebody else was first and it has to start over. */
    private boolean step(
            LakeTable table, LakePosition base, StartingPoint point, TableState stored, WindowLength length) {
        Optional<LocalDateTime> from = point.from().or(this::beforeFirstRow);
        if (from.isEmpty()) {
            // the source has no row at all
            return advance(base, base.greatest(), run.to(), stored, length);
        }
        Window window = WindowPlan.next(from.get(), run.to(), length.current()).orElseThrow();
        state.begin(run.cluster(), declaration.name(), new TableState.Attempt(run.runId(), window));
        attempts++;
        WrittenFiles written =
                tasks.run(run.cluster() + " " + declaration.name() + " " + window, table.write(window, login));
        if (written.files().isEmpty()) {
            return advance(base, base.greatest(), quietUntil(window), stored, length) && counted(0);
        }
        AppendResult result = table.append(base, written, evidence(window));
        refusal = result.reason();
        return switch (result.outcome()) {
            case COMMITTED ->
                counted(written.rows()) && advance(base, written.greatestLogTime(), window.to(), stored, length);
            case REFUSED, UNKNOWN -> false;
        };
    }

    private boolean counted(long appended) {
        windows++;
        rows += appended;
        return true;
    }

    private Optional<LocalDateTime> beforeFirstRow() {
        Optional<LocalDateTime> from = beforeFirstRow(new Window(SourceQuery.BEGINNING, run.to()));
        if (from.isPresent()) {
            // a query that ignores where a window begins shows here, before anything of it is kept
            beforeFirstRow(new Window(WindowPlan.justBefore(run.to()), run.to()));
        }
        return from;
    }

    /** After an empty window the next row may be far away; windows in between need not be read one by one. */
    private LocalDateTime quietUntil(Window empty) {
        return empty.to().isBefore(run.to())
                ? beforeFirstRow(new Window(empty.to(), run.to())).orElse(run.to())
                : empty.to();
    }

    private Optional<LocalDateTime> beforeFirstRow(Window window) {
        try (SourceSession session = login.open()) {
            return session.time(declaration.sql().firstRow(window))
                    .map(first -> WindowPlan.justBefore(
                            window.require(first.equals(SourceQuery.BEGINNING) ? null : first, declaration.name())));
        }
    }

    private boolean advance(
            LakePosition base,
            Optional<LocalDateTime> greatest,
            LocalDateTime newReadUpTo,
            TableState stored,
            WindowLength length) {
        Watermark next = new Watermark(newReadUpTo, greatest, base.tableUuid(), run.sourceIdentity());
        return state.advance(run.cluster(), declaration.name(), stored, next, length.allowed());
    }

    private Map<String, String> evidence(Window window) {
        return Map.of(
                "redshift_query_logs.cluster", run.cluster().value(),
                "redshift_query_logs.run_id", run.runId(),
                "redshift_query_logs.from", window.from().toString(),
                "redshift_query_logs.to", window.to().toString());
    }
}
