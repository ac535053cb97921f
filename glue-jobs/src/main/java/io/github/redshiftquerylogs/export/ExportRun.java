package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.ClockSkewException;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.ClusterTable;
import io.github.redshiftquerylogs.lake.SourceIdentity;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.querydays.QueryDaySummaries;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.redshift.SyslogAccess;
import io.github.redshiftquerylogs.seal.ClusterCompaction;
import io.github.redshiftquerylogs.seal.ClusterSealing;
import io.github.redshiftquerylogs.seal.Summaries;
import io.github.redshiftquerylogs.selection.ExportSelection;
import io.github.redshiftquerylogs.selection.KnownExports;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.snapshot.SnapshotsTaken;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.window.UpperBound;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run for one cluster: fixes the upper bound, then exports all tables side by side, each on its own. */
final class ExportRun {

    private final JobArguments arguments;
    private final String runId;
    private final KnownExports known;
    private final List<ExportList> lists;
    private final Optional<String> acceptSource;
    private final RunPorts ports;
    private final RunLog log;
    private final RunRecords records;
    private final SideBySide sideBySide;

    /**
     * @param known all exports that there are
     * @param lists select some of them
     * @param acceptSource identity of another source that the user accepts
     */
    ExportRun(
            JobArguments arguments,
            String runId,
            KnownExports known,
            List<ExportList> lists,
            Optional<String> acceptSource,
            RunPorts ports) {
        this.arguments = arguments;
        this.runId = runId;
        this.known = known;
        this.lists = lists;
        this.acceptSource = acceptSource;
        this.ports = ports;
        this.log = new RunLog(arguments.cluster());
        this.records = new RunRecords(arguments.cluster(), runId, ports);
        this.sideBySide = new SideBySide(ports.source(), log);
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
            Map<ExportDeclaration, TableState> stored = asked.stored();
            log.reads(asked.source(), stored);
            SourceInfo source = records.cluster(asked.source());
            source.notes().forEach(log::note);
            Instant deadline = start.startedAt().plus(arguments.budget());
            SnapshotsTaken taken = records.snapshotsTaken(source, choice.exports());
            List<TableSummary> exported = exportTables(source, choice.exports(), stored, taken, deadline);
            for (String note : sideBySide.notes()) {
                source = source.withNote(note);
            }
            RunBounds all = bounds(source, source.runUpperBound(), deadline);
            DailyCount count = new DailyCount(all, ports, choice.exports(), asked.boundary());
            List<TableSummary> tables = new ArrayList<>(choice.notRead());
            List<TableSummary> counted = count.after(exported);
            try {
                tables.addAll(
                        asked.remembered().isPresent()
                                ? seal(counted, count, all, choice.exports(), asked.boundary())
                                : counted);
            } catch (Exception | LinkageError e) {
                // Spark throws checked exceptions that are not declared
                tables.addAll(counted);
                source = source.withNote("past days were not sealed, a later run tries again: "
                        + Failure.of(e, ports.source()::redact).text());
            }
            try {
                tables = compact(tables, bounds(source, source.runUpperBound(), deadline), choice.exports());
            } catch (Exception | LinkageError e) {
                source = source.withNote("files were not compacted, a later run tries again: "
                        + Failure.of(e, ports.source()::redact).text());
            }
            tables.sort(Comparator.comparing(TableSummary::table));
            tables.stream().filter(choice::isNew).forEach(log::unavailable);
            choice.finish(tables);
            source = records.snapshots(records.states(source, tables), taken);
            source = records.ownExports(source, choice.exports(), tables);
            return start.finished(ports.clock().instant(), source, tables);
        } catch (ClockSkewException e) {
            return nothingRead(start, RunSummary.Status.CLOCK, e);
        } catch (Exception | LinkageError e) {
            return nothingRead(start, RunSummary.Status.FAILED, e);
        }
    }

    /** Seals the past days of the tables that were exported; returns the summaries with further notes. */
    private List<TableSummary> seal(
            List<TableSummary> exported,
            DailyCount count,
            RunBounds bounds,
            List<ExportDeclaration> exports,
            Optional<LocalDate> boundary) {
        Set<String> readable = exported.stream()
                .filter(table -> table.error().isEmpty() && table.unavailable().isEmpty())
                .map(TableSummary::table)
                .collect(Collectors.toSet());
        ClusterSealing sealing = new ClusterSealing(
                sealingRun(bounds, boundary),
                new ClusterSealing.Ports(
                        export -> portsFor(export).transfer(),
                        ports.lake(),
                        ports.state(),
                        ports.clock(),
                        problem -> Failure.of(problem, ports.source()::redact).text(),
                        summaries(exported, exports, bounds)));
        List<ExportDeclaration> logs = exports.stream()
                .filter(export -> export.isLog() && readable.contains(export.name()))
                .toList();
        Map<String, List<String>> notes = arguments
                .completion()
                .map(days -> sealing.complete(logs, days.from(), days.to(), days.reseals()))
                .orElseGet(() -> sealing.seal(logs, count.made()));
        return withNotes(exported, notes);
    }

    private ClusterSealing.Run sealingRun(RunBounds bounds, Optional<LocalDate> boundary) {
        return new ClusterSealing.Run(bounds.cluster(), runId, bounds.runUpperBound(), bounds.deadline(), boundary);
    }

    /** Compacts sealed days, and lets snapshots expire; returns the summaries with further notes. */
    private List<TableSummary> compact(
            List<TableSummary> summaries, RunBounds bounds, List<ExportDeclaration> exports) {
        Map<String, List<String>> notes = new ClusterCompaction(
                        // the rows of any source are compacted
                        sealingRun(bounds, Optional.empty()),
                        new ClusterCompaction.Ports(
                                ports.lake(),
                                ports.state(),
                                ports.rewriter(),
                                ports.clock(),
                                problem -> Failure.of(problem, ports.source()::redact)
                                        .text()))
                .compact(
                        known.declarations().stream()
                                .filter(ExportDeclaration::isLog)
                                .toList(),
                        Stream.concat(
                                        exports.stream().map(ExportDeclaration::name),
                                        RecordTables.definitions().stream().map(TableDefinition::name))
                                .toList());
        return withNotes(summaries, notes);
    }

    private static List<TableSummary> withNotes(List<TableSummary> summaries, Map<String, List<String>> notes) {
        return summaries.stream()
                .map(table -> table.withNotes(notes.getOrDefault(table.table(), List.of())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Days wait for the seals of the logs that this cluster has, also of those that failed now. */
    private Summaries summaries(List<TableSummary> exported, List<ExportDeclaration> exports, RunBounds bounds) {
        Set<String> available = exported.stream()
                .filter(table -> table.unavailable().isEmpty())
                .map(TableSummary::table)
                .collect(Collectors.toSet());
        Set<String> logs = exports.stream()
                .filter(export -> export.isLog() && available.contains(export.name()))
                .map(ExportDeclaration::name)
                .collect(Collectors.toSet());
        QueryDaySummaries queries =
                new QueryDaySummaries(bounds.cluster(), ports.lake(), ports.queryDay(), ports.clock());
        return (entries, whole) -> queries.write(entries, logs, whole, runId, bounds.deadline());
    }

    private RunSummary nothingRead(RunSummary.Start start, RunSummary.Status status, Throwable problem) {
        Failure failure = Failure.of(problem, ports.source()::redact);
        log.failed(failure);
        return start.nothingRead(ports.clock().instant(), status, failure);
    }

    /**
     * The source, and which of its tables are exported.
     *
     * @param stored the stored states of the logs
     * @param remembered the sources of earlier runs; empty if that cannot be known
     */
    private record Asked(
            SourceInfo source,
            ExportChoice choice,
            Map<ExportDeclaration, TableState> stored,
            Optional<ClusterTable.Sources> remembered) {

        /** The day on which the source took the place of another one, UTC. */
        Optional<LocalDate> boundary() {
            return remembered.flatMap(ClusterTable.Sources::since).map(LocalDateTime::toLocalDate);
        }
    }

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
            Map<ExportDeclaration, TableState> stored = load(
                    choice.exports().stream().filter(ExportDeclaration::isLog).toList());
            return checked(new SourceInfo(identity, sourceClock, upperBound, notes), choice, stored, session);
        }
    }

    /** Refuses another source than the one that was exported before, or records that it was accepted. */
    private Asked checked(
            SourceInfo seen, ExportChoice choice, Map<ExportDeclaration, TableState> stored, SourceSession session) {
        ports.lake().createDatabase();
        List<String> notes = new ArrayList<>();
        Optional<ClusterTable.Sources> remembered = records.sources(seen.runUpperBound(), notes::add);
        SourceCheck.Checked checked = new SourceCheck(arguments.cluster(), acceptSource, ports)
                .check(seen, remembered.orElse(ClusterTable.Sources.UNKNOWN), stored, session);
        SourceIdentity identity = checked.identity();
        if (checked.replaced().isPresent()) {
            records.accepted(identity, seen.runUpperBound());
            notes.add("the source " + identity.text() + " was accepted in place of "
                    + checked.replaced().get().text());
            remembered =
                    Optional.of(new ClusterTable.Sources(Optional.of(identity), Optional.of(seen.runUpperBound())));
        }
        notes.addAll(recordBoundaries(identity, seen.runUpperBound(), stored));
        SourceInfo source = seen.withIdentity(identity.text());
        for (String note : notes) {
            source = source.withNote(note);
        }
        return new Asked(source, choice, stored, remembered);
    }

    /** Rows of an earlier source that were not read are lost: a gap of each table that has not been read since. */
    private List<String> recordBoundaries(
            SourceIdentity identity, LocalDateTime upperBound, Map<ExportDeclaration, TableState> stored) {
        List<String> tables = new ArrayList<>();
        stored.forEach((export, table) -> table.watermark()
                .filter(mark -> !mark.sourceIdentity().isEmpty()
                        && !identity.isSame(new SourceIdentity(mark.sourceIdentity()))
                        && mark.readUpTo().isBefore(upperBound))
                .ifPresent(mark -> {
                    Gap gap = new Gap(mark.readUpTo(), upperBound);
                    ports.state().recordGap(arguments.cluster(), export.name(), runId, gap);
                    tables.add(export.name() + " (" + gap + ")");
                }));
        return tables.isEmpty()
                ? List.of()
                : List.of("rows of the earlier source that were not read are lost: " + String.join(", ", tables));
    }

    private Map<ExportDeclaration, TableState> load(List<ExportDeclaration> exports) {
        Map<ExportDeclaration, TableState> stored = new LinkedHashMap<>();
        for (ExportDeclaration declaration : exports) {
            stored.put(declaration, ports.state().load(arguments.cluster(), declaration.name()));
        }
        return stored;
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
        // names and states first: they are small, and every answer needs the names
        Set<String> snapshots = new HashSet<>();
        for (ExportDeclaration declaration : exports) {
            if (!declaration.isLog()) {
                RunBounds bounds = bounds(source, source.runUpperBound(), deadline);
                first.add(new SnapshotExport(bounds, declaration, portsFor(declaration), taken));
                snapshots.add(declaration.name());
            }
        }
        stored.forEach((declaration, table) -> {
            RunBounds bounds = bounds(source, source.upperBound(declaration.settle()), deadline);
            TableExport export = new TableExport(bounds, declaration, portsFor(declaration), gaps, others);
            table.lost().forEach(export::note);
            (table.unfinishedBefore(runId).isEmpty() ? first : last).add(export);
        });
        List<TableSummary> summaries = new ArrayList<>(sideBySide.export(first));
        summaries.addAll(sideBySide.export(last));
        long readable = summaries.stream()
                .filter(table -> table.unavailable().isEmpty() && !snapshots.contains(table.table()))
                .count();
        List<ClockSkewException> clockWentBack = sideBySide.clockWentBack();
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
}
