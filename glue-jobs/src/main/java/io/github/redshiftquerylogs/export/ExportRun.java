package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.ClusterRecord;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.redshift.SyslogAccess;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.ClockException;
import io.github.redshiftquerylogs.window.UpperBound;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run for one cluster: fixes the upper bound, then exports all tables side by side, each on its own. */
final class ExportRun {

    private final JobArguments arguments;
    private final String runId;
    private final List<ExportDeclaration> declarations;
    private final RunPorts ports;

    ExportRun(JobArguments arguments, String runId, List<ExportDeclaration> declarations, RunPorts ports) {
        this.arguments = arguments;
        this.runId = runId;
        this.declarations = declarations;
        this.ports = ports;
    }

    /** Runs to the end; whatever fails is part of the summary. */
    RunSummary run() {
        Instant startedAt = ports.clock().instant();
        try {
            RunSummary.Source asked = askSource();
            Map<ExportDeclaration, TableState> stored = load(asked.to());
            ports.lake().createDatabase();
            RunSummary.Source source = recordCluster(asked);
            List<TableSummary> tables = exportTables(source, stored, startedAt.plus(arguments.budget()));
            boolean failed = tables.stream().anyMatch(table -> table.error().isPresent());
            return new RunSummary(
                    arguments.cluster().value(),
                    runId,
                    startedAt,
                    ports.clock().instant(),
                    Optional.of(source),
                    tables,
                    Optional.empty(),
                    failed ? RunSummary.Status.FAILED : RunSummary.Status.SUCCEEDED);
        } catch (ClockException e) {
            return nothingRead(startedAt, RunSummary.Status.CLOCK, e);
        } catch (Exception | LinkageError e) {
            return nothingRead(startedAt, RunSummary.Status.FAILED, e);
        }
    }

    private RunSummary nothingRead(Instant startedAt, RunSummary.Status status, Throwable why) {
        return RunSummary.nothingRead(
                arguments.cluster(), runId, startedAt, ports.clock().instant(), status, why);
    }

    /** Asks who is read, and up to when. */
    private RunSummary.Source askSource() {
        try (SourceSession session = ports.source().open("run")) {
            SyslogAccess access = session.syslogAccess();
            if (access.rows() == SyslogAccess.Rows.OWN) {
                // an export of some rows would be a hole that nobody sees
                throw new IllegalStateException(access.text());
            }
            LocalDateTime sourceClock = session.clock();
            LocalDateTime to = UpperBound.of(sourceClock, ports.clock().instant(), arguments.settle());
            return new RunSummary.Source(
                    session.identity(),
                    sourceClock,
                    to,
                    access.rows() == SyslogAccess.Rows.UNKNOWN ? List.of(access.text()) : List.of());
        }
    }

    /** What is stored of each table, none of which may have been read beyond the run's upper bound. */
    private Map<ExportDeclaration, TableState> load(LocalDateTime to) {
        Map<ExportDeclaration, TableState> stored = new LinkedHashMap<>();
        for (ExportDeclaration declaration : declarations) {
            TableState table = ports.state().load(arguments.cluster(), declaration.name());
            table.watermark()
                    .map(Watermark::readUpTo)
                    .ifPresent(readUpTo -> UpperBound.requireNotBefore(to, readUpTo, declaration.name()));
            stored.put(declaration, table);
        }
        return stored;
    }

    /** Notes what the cluster is; the tables do not wait for that. */
    private RunSummary.Source recordCluster(RunSummary.Source source) {
        try {
            ClusterRecord now =
                    new ClusterRecord(source.identity(), ports.state().description(arguments.cluster()));
            ports.lake()
                    .openClusters(arguments.cluster())
                    .record(now, source.to(), Map.of("redshift_query_logs.run_id", runId));
            return source;
        } catch (RuntimeException e) {
            List<String> notes = new ArrayList<>(source.notes());
            notes.add("what the cluster is was not recorded in the table clusters: " + ErrorText.of(e));
            return new RunSummary.Source(source.identity(), source.clock(), source.to(), List.copyOf(notes));
        }
    }

    /** Tables in which an earlier run ended come last: if one of them ends this run too, the others are done. */
    private List<TableSummary> exportTables(
            RunSummary.Source source, Map<ExportDeclaration, TableState> stored, Instant deadline) {
        RunBounds bounds =
                new RunBounds(arguments.cluster(), runId, source.identity(), source.to(), arguments.window(), deadline);
        Horizon horizon = new Horizon(ports.source(), declarations, source.to());
        List<TableExport> first = new ArrayList<>();
        List<TableExport> last = new ArrayList<>();
        stored.forEach((declaration, table) -> (table.unfinishedBefore(runId).isEmpty() ? first : last)
                .add(new TableExport(bounds, declaration, ports, horizon)));
        List<TableSummary> summaries = new ArrayList<>(exportSideBySide(first));
        summaries.addAll(exportSideBySide(last));
        return summaries;
    }

    private static List<TableSummary> exportSideBySide(List<TableExport> exports) {
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

    private static TableSummary result(String table, Future<TableSummary> running) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            return TableSummary.failed(table, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + table + " was exported", e);
        }
    }
}
