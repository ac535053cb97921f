package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.ClockSkewException;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.news.Unread;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import io.github.redshiftquerylogs.watermark.TablePosition;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.window.UpperBound;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowLength;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

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
    private final SourceProbe probe;
    private final RunLog log;
    private final TableNotes notes;
    private final WindowExport windows;

    private Optional<TablePosition> opened = Optional.empty();
    private boolean described;
    private boolean complete;
    private Optional<Unavailable> unavailable = Optional.empty();
    private Optional<StartingPoint> start = Optional.empty();
    private Optional<LocalDateTime> readUpTo = Optional.empty();

    TableExport(RunBounds run, ExportDeclaration declaration, RunPorts ports, GapSearch gaps, OtherTables others) {
        this.run = run;
        this.declaration = declaration;
        this.ports = ports;
        this.gaps = gaps;
        this.probe = new SourceProbe(ports.source(), declaration, run.runUpperBound());
        this.log = new RunLog(run.cluster()).forTable(declaration.name());
        this.notes = new TableNotes(log);
        this.windows = new WindowExport(run, declaration, ports, others, probe, notes);
    }

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public Optional<Unread> unread() {
        TablePosition at = open();
        opened = Optional.of(at);
        return at.point()
                .from()
                .filter(run.runUpperBound()::isAfter)
                .map(from -> new Unread(
                        declaration,
                        new Window(from, run.runUpperBound()),
                        at.base().maxLogTime()));
    }

    @Override
    public TableSummary export(Optional<News> news) {
        Instant begun = ports.clock().instant();
        Optional<String> error = Optional.empty();
        try {
            exportWindows(news);
        } catch (ClockSkewException e) {
            // whether the whole run has to wait for the clock depends on the other tables
            throw e;
        } catch (Exception | Error e) {
            // Exception, because Spark throws checked exceptions that it does not declare
            Failure failure = Failure.of(e, ports.source()::redact);
            log.failed(failure);
            error = Optional.of(failure.text());
        }
        windows.replaced().notes().forEach(notes::add);
        Optional<Backfill> backfill = backfill(begun);
        return new TableSummary(
                declaration.name(),
                start,
                readUpTo,
                windows.counts(),
                Duration.between(begun, ports.clock().instant()),
                complete,
                backfill,
                notes.all(),
                unavailable,
                error);
    }

    /** Adds a finding to the summary, once, and logs it. */
    void note(String note) {
        notes.add(note);
    }

    private void exportWindows(Optional<News> news) {
        TablePosition at = opened.orElseGet(this::open);
        opened = Optional.of(at);
        WindowLength length = WindowLength.of(
                run.longestWindow(), at.stored().windowLength(), at.stored().unfinishedBefore(run.runId()));
        start = Optional.of(at.point());
        readUpTo = at.point().from();
        begin(at, news);
        int fruitless = 0;
        while (unavailable.isEmpty() && !isReached(at.point())) {
            // the first window ignores the deadline: a table that comes last must not starve
            if (windows.counts().attempts() > 0 && !ports.clock().instant().isBefore(run.deadline())) {
                return;
            }
            Progress progress = step(at, length, news, fruitless + 1);
            if (progress instanceof Progress.Waits || isReached(progress)) {
                complete = true;
                return;
            }
            if (progress instanceof Progress.StartsOver refused) {
                fruitless++;
                requireProgress(fruitless, refused.reason());
            } else {
                fruitless = 0;
                length = length.grown();
            }
            at = position(at.table());
            readUpTo = at.point().from();
        }
        complete = unavailable.isEmpty();
    }

    /** How far the first export is, unless it is done; also stored. A failure is a note. */
    private Optional<Backfill> backfill(Instant begun) {
        Optional<Backfill> before = opened.flatMap(at -> at.stored().backfill());
        Optional<Backfill> now = readUpTo.filter(upTo -> !complete)
                .flatMap(upTo -> before.or(() -> windows.begun()
                                .map(from -> new Backfill(from, run.runUpperBound(), begun, Optional.empty())))
                        .map(first -> first.at(
                                upTo, run.runUpperBound(), ports.clock().instant())));
        if (now.isEmpty() && !(complete && before.isPresent())) {
            return now;
        }
        now.ifPresent(first -> log.backfill(first, readUpTo.orElseThrow()));
        try {
            ports.state().recordBackfill(run.cluster(), declaration.name(), now);
        } catch (RuntimeException e) {
            notes.add("how far the first export is was not stored: "
                    + Failure.of(e, ports.source()::redact).text());
        }
        return now;
    }

    private boolean isReached(StartingPoint point) {
        return !point.from().orElseGet(probe::beginning).isBefore(run.runUpperBound());
    }

    private boolean isReached(Progress progress) {
        if (progress instanceof Progress.ReadUpTo read && !read.to().isBefore(run.runUpperBound())) {
            readUpTo = Optional.of(read.to());
            return true;
        }
        return false;
    }

    private TablePosition open() {
        return position(ports.lake().open(declaration, run.cluster()));
    }

    private TablePosition position(LakeTable table) {
        // loaded again: a table that comes last begins long after the run
        TableState stored = ports.state()
                .load(run.cluster(), declaration.name())
                .upTo(UpperBound.latestPossible(ports.clock().instant()));
        stored.lost().forEach(notes::add);
        return TablePosition.of(table, stored);
    }

    private static void requireProgress(int fruitless, String refusal) {
        if (fruitless == MAX_FRUITLESS_STEPS) {
            throw new LakeException("gave up after " + fruitless
                    + " refused attempts in a row: expected no other run of this cluster at the same time, and pauses"
                    + " between the commits of other clusters; the last refusal: " + refusal);
        }
    }

    /** Checks and preparations before the first window. */
    private void begin(TablePosition at, Optional<News> news) {
        Optional<LocalDateTime> from = at.point().from();
        from.ifPresent(readTo -> UpperBound.requireNotBefore(run.runUpperBound(), readTo, declaration.name()));
        if (!isReached(at.point()) && news.filter(News::none).isEmpty()) {
            describe(at);
            if (unavailable.isPresent()) {
                return;
            }
        }
        from.filter(readTo -> declaration.own().isEmpty() && Gap.isPossible(readTo, run.runUpperBound()))
                .ifPresent(readTo -> searchGap(readTo, at.base().maxLogTime()));
        LocalDate today = run.runUpperBound().toLocalDate();
        if (from.isEmpty() || from.get().toLocalDate().isBefore(today)) {
            UnreadRows.notes(probe).forEach(notes::add);
        }
    }

    private Progress step(TablePosition at, WindowLength length, Optional<News> news, int attempt) {
        Optional<News> known =
                news.filter(of -> at.point().from().filter(of::covers).isPresent());
        if (!described && known.filter(News::none).isEmpty()) {
            describe(at);
        }
        return windows.step(new WindowExport.Step(at, length, known, attempt));
    }

    /** Reads the columns of the source, and adapts the lake's table to them. */
    private void describe(TablePosition at) {
        try {
            List<SourceColumn> columns = probe.columns();
            at.table().adapt(columns).forEach(notes::add);
            windows.reader().expect(columns);
            described = true;
        } catch (SourceException e) {
            if (start.flatMap(StartingPoint::from).isPresent() || !Unavailable.isMeantBy(e)) {
                throw e;
            }
            unavailable = Optional.of(Unavailable.of(declaration, e, probe::grant));
        }
    }

    private void searchGap(LocalDateTime from, Optional<LocalDateTime> newest) {
        try {
            gaps.of(declaration, from, newest).ifPresent(gap -> {
                ports.state().recordGap(run.cluster(), declaration.name(), run.runId(), gap);
                notes.add(gap.toString());
            });
        } catch (SourceException e) {
            notes.add("whether rows were trimmed before they were read is unknown: " + e.getMessage());
        }
    }
}
