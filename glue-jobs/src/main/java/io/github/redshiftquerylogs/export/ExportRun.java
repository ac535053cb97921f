package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.failure.ClockSkewException;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.ClusterRecord;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.redshift.SyslogAccess;
import io.github.redshiftquerylogs.selection.ExportSelection;
import io.github.redshiftquerylogs.selection.KnownExports;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.snapshot.SnapshotNote;
import io.github.redshiftquerylogs.snapshot.SnapshotsTaken;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.UnreadableStateException;
import io.github.redshiftquerylogs.window.UpperBound;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run for one cluster: fixes the upper bound, then exports all tables side by side, each on its own. */
final class ExportRun {

    private final JobArguments arguments;
    private final String runId;
    private final KnownExports known;
    private final List<ExportList> lists;
    private final RunPorts ports;
    private final RunLog log;
    /** The reasons of tables that the source's clock keeps from being read; if it keeps all, the clock is to blame. */
    private final List<ClockSkewException> clockWentBack = new ArrayList<>();

    /**
     * @param known all exports that there are
     * @param lists select some of them
     */
    ExportRun(JobArguments arguments, String runId, KnownExports known, List<ExportList> lists, RunPorts ports) {
        this.arguments = arguments;
        this.runId = runId;
        this.known = known;
        this.lists = lists;
        this.ports = ports;
        this.log = new RunLog(arguments.cluster());
    }

    /** Runs to the end; a failure is part of the summary. */
    RunSummary run() {
        RunSummary.Start start =
                new RunSummary.Start(arguments.cluster(), runId, ports.clock().instant());
        log.begins(runId, arguments);
        try {
            RunSummary summary = run(start);
            log.ends(summary);
            return summary;
        } finally {
            ports.source().end();
        }
    }

    private RunSummary run(RunSummary.Start start) {
        try {
            ExportSelection selection = new ExportSelection(arguments.cluster(), known, lists);
            Asked asked = askSource(selection);
            ExportChoice choice = asked.choice();
            Map<ExportDeclaration, TableState> stored = load(
                    choice.exports().stream().filter(ExportDeclaration::isLog).toList());
            log.reads(asked.source(), stored);
            ports.lake().createDatabase();
            SourceInfo source = recordCluster(asked.source());
            source.notes().forEach(log::note);
            Instant deadline = start.startedAt().plus(arguments.budget());
            SnapshotsTaken taken = snapshotsTaken(source, choice.exports());
            List<TableSummary> exported = exportTables(source, choice.exports(), stored, taken, deadline);
            DailyCount count =
                    new DailyCount(bounds(source, source.runUpperBound(), deadline), ports, choice.exports());
            List<TableSummary> tables = new ArrayList<>(choice.notRead());
            tables.addAll(count.after(exported));
            tables.sort(Comparator.comparing(TableSummary::table));
            tables.stream().filter(choice::isNew).forEach(log::unavailable);
            choice.finish(tables);
            source = recordSnapshots(recordStates(source, tables), taken);
            source = recordOwnExports(source, choice.exports(), tables);
            return start.finished(ports.clock().instant(), source, tables);
        } catch (ClockSkewException e) {
            return nothingRead(start, RunSummary.Status.CLOCK, e);
        } catch (Exception | LinkageError e) {
            return nothingRead(start, RunSummary.Status.FAILED, e);
        }
    }

    private RunSummary nothingRead(RunSummary.Start start, RunSummary.Status status, Throwable problem) {
        Failure failure = Failure.of(problem, ports.source()::redact);
        log.failed(failure);
        return start.nothingRead(ports.clock().instant(), status, failure);
    }

    /** The source, and which of its tables are exported. */
    private record Asked(SourceInfo source, ExportChoice choice) {}

    /** Asks the cluster for its identity and clock, whose rows the user sees, and which kind of source it is. */
    private Asked askSource(ExportSelection selection) {
        List<String> notes = new ArrayList<>(ports.source().begin());
        try (SourceSession session = ports.source().open("run")) {
            SyslogAccess access = session.syslogAccess();
            if (access.rows() == SyslogAccess.Rows.OWN) {
                // an export of these rows alone would be an unnoticed hole
                throw SourceException.of(FailureCategory.PERMISSION, access.text());
            }
            if (access.rows() == SyslogAccess.Rows.UNKNOWN) {
                notes.add(access.text());
            }
            LocalDateTime sourceClock = session.clock();
            String identity = session.identity();
            LocalDateTime upperBound = UpperBound.of(sourceClock, ports.clock().instant(), arguments.settle());
            ExportChoice choice = new ExportChoice(arguments.cluster(), selection, ports, session);
            notes.addAll(choice.notes());
            return new Asked(new SourceInfo(identity, sourceClock, upperBound, notes), choice);
        }
    }

    private Map<ExportDeclaration, TableState> load(List<ExportDeclaration> exports) {
        Map<ExportDeclaration, TableState> stored = new LinkedHashMap<>();
        for (ExportDeclaration declaration : exports) {
            stored.put(declaration, ports.state().load(arguments.cluster(), declaration.name()));
        }
        return stored;
    }

    /** Records the cluster's metadata in the table {@code clusters}; a failure is a note and does not block the export. */
    private SourceInfo recordCluster(SourceInfo source) {
        try {
            ClusterRecord now = new ClusterRecord(source.identity(), Optional.empty());
            SourceInfo noted = source;
            try {
                now = new ClusterRecord(source.identity(), ports.state().description(arguments.cluster()));
            } catch (UnreadableStateException e) {
                noted = source.withNote(String.valueOf(e.getMessage()));
            }
            ports.lake().openClusters(arguments.cluster()).record(now, source.runUpperBound(), evidence());
            return noted;
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e, ports.source()::redact);
            return source.withNote("the cluster's metadata was not recorded in the table clusters: " + failure.text());
        }
    }

    /** Records in the table {@code export_states} which exports can be read; a failure is a note. */
    private SourceInfo recordStates(SourceInfo source, List<TableSummary> tables) {
        try {
            new ExportStates(ports.lake().openRecords(ExportStates.definition(), arguments.cluster()))
                    .record(tables, source.runUpperBound(), evidence());
            return source;
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e, ports.source()::redact);
            return source.withNote(
                    "the states of the exports were not recorded in the table export_states: " + failure.text());
        }
    }

    private SnapshotsTaken snapshotsTaken(SourceInfo source, List<ExportDeclaration> exports) {
        Duration longestPeriod = exports.stream()
                .flatMap(declaration -> declaration.snapshot().stream())
                .map(SnapshotRule::every)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new SnapshotsTaken(
                () -> ports.lake().openRecords(SnapshotNote.table(), arguments.cluster()),
                source.runUpperBound(),
                longestPeriod);
    }

    /** Records the snapshots of the run in the table {@code snapshots_taken}; if it cannot, the next run does. */
    private SourceInfo recordSnapshots(SourceInfo source, SnapshotsTaken taken) {
        Optional<String> problem;
        try {
            problem = taken.write(evidence());
        } catch (RuntimeException e) {
            problem = Optional.of(Failure.of(e, ports.source()::redact).text());
        }
        return problem.map(why -> source.withNote(
                        "the snapshots were not recorded in the table snapshots_taken, the next run does it: " + why))
                .orElse(source);
    }

    /** Records in the table {@code export_days} the rows of own exports by day; a failure is a note. */
    private SourceInfo recordOwnExports(SourceInfo source, List<ExportDeclaration> exports, List<TableSummary> tables) {
        try {
            new ExportDays(arguments.cluster(), ports.lake())
                    .record(exports, tables, source.runUpperBound(), evidence());
            return source;
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e, ports.source()::redact);
            return source.withNote(
                    "the rows of own exports were not recorded in the table export_days, the next run does it: "
                            + failure.text());
        }
    }

    private Map<String, String> evidence() {
        return Map.of("redshift_query_logs.run_id", runId);
    }

    /**
     * Exports all tables. Those in which an earlier run ended come last: if one of them ends this run too, the others are
     * done.
     *
     * @throws ClockSkewException if the source's clock is behind what each table was read up to
     */
    private List<TableSummary> exportTables(
            SourceInfo source,
            List<ExportDeclaration> exports,
            Map<ExportDeclaration, TableState> stored,
            SnapshotsTaken taken,
            Instant deadline) {
        // tables of users have other retentions, and are shown to other users
        List<ExportDeclaration> systemLogs = stored.keySet().stream()
                .filter(export -> export.own().isEmpty())
                .toList();
        GapSearch gaps = new GapSearch(ports.source(), systemLogs, source.runUpperBound());
        OtherTables others = new OtherTables(ports.source(), systemLogs);
        List<Export> first = new ArrayList<>();
        List<Export> last = new ArrayList<>();
        stored.forEach((declaration, table) -> {
            RunBounds bounds = bounds(source, source.upperBound(declaration.settle()), deadline);
            TableExport export = new TableExport(bounds, declaration, portsFor(declaration), gaps, others);
            table.lost().forEach(export::note);
            (table.unfinishedBefore(runId).isEmpty() ? first : last).add(export);
        });
        Set<String> snapshots = new HashSet<>();
        for (ExportDeclaration declaration : exports) {
            if (!declaration.isLog()) {
                RunBounds bounds = bounds(source, source.runUpperBound(), deadline);
                first.add(new SnapshotExport(bounds, declaration, portsFor(declaration), taken));
                snapshots.add(declaration.name());
            }
        }
        List<TableSummary> summaries = new ArrayList<>(exportSideBySide(first));
        summaries.addAll(exportSideBySide(last));
        long readable = summaries.stream()
                .filter(table -> table.unavailable().isEmpty() && !snapshots.contains(table.table()))
                .count();
        if (!clockWentBack.isEmpty() && clockWentBack.size() == readable) {
            throw clockWentBack.get(0);
        }
        return summaries;
    }

    private RunPorts portsFor(ExportDeclaration declaration) {
        return declaration.own().isPresent() ? ports.readOnly() : ports;
    }

    private RunBounds bounds(SourceInfo source, LocalDateTime upperBound, Instant deadline) {
        return new RunBounds(arguments.cluster(), runId, source.identity(), upperBound, arguments.window(), deadline);
    }

    private List<TableSummary> exportSideBySide(List<Export> exports) {
        if (exports.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(exports.size());
        try {
            List<Future<TableSummary>> running =
                    exports.stream().map(table -> threads.submit(table::export)).toList();
            List<TableSummary> summaries = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                summaries.add(result(exports.get(i).name(), running.get(i)));
            }
            return summaries;
        } finally {
            threads.shutdownNow();
        }
    }

    private TableSummary result(String table, Future<TableSummary> running) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClockSkewException clock) {
                clockWentBack.add(clock);
            }
            Failure failure = Failure.of(e.getCause() == null ? e : e.getCause(), ports.source()::redact);
            log.forTable(table).failed(failure);
            return TableSummary.failed(table, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + table + " was exported", e);
        }
    }
}
