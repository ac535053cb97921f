package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.LakeSnapshots;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.TakenSnapshot;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.snapshot.SnapshotHistory;
import io.github.redshiftquerylogs.snapshot.SnapshotNote;
import io.github.redshiftquerylogs.snapshot.SnapshotsTaken;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.WindowReader;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The snapshot of one export in one period: of one database, where it is taken per database. It is taken unless the lake has
 * it already. After a refused or unknown commit the lake is looked at again.
 */
final class DatabaseSnapshot {

    private static final int MAX_ATTEMPTS = 5;

    private final RunBounds run;
    private final ExportDeclaration declaration;
    private final SnapshotRule rule;
    private final SnapshotRule.Period period;
    private final Optional<String> database;
    private final TransferPorts ports;
    private final SnapshotsTaken taken;
    private final Consumer<String> notes;
    private final Clock clock;
    private final RunLog log;

    /**
     * @param database empty if the export is not taken per database
     * @param source the cluster, in that database
     * @param notes gets what a user should know
     */
    DatabaseSnapshot(
            RunBounds run,
            ExportDeclaration declaration,
            Optional<String> database,
            Source source,
            RunPorts ports,
            SnapshotsTaken taken,
            Consumer<String> notes) {
        this.run = run;
        this.declaration = declaration;
        this.rule = declaration.snapshot().orElseThrow();
        this.period = rule.periodOf(run.runUpperBound());
        this.database = database;
        this.ports = new TransferPorts(
                source, ports.transfer().unloading(), ports.transfer().tasks());
        this.taken = taken;
        this.clock = ports.clock();
        this.notes = note ->
                notes.accept(database.map(name -> "database " + name + ": ").orElse("") + note);
        this.log = new RunLog(run.cluster()).forTable(declaration.name());
    }

    /**
     * What was done.
     *
     * @param rows the rows of the period's snapshot; empty if there is none, because a later one is in the lake
     * @param counts what this run has read
     */
    record Outcome(Optional<Long> rows, TableCounts counts) {}

    /** Takes the snapshot if it is missing. */
    Outcome take(LakeTable table) {
        LakeSnapshots snapshots = table.snapshots(database);
        TableCounts counts = TableCounts.NONE;
        String lastRefusal = "";
        while (counts.attempts() < MAX_ATTEMPTS) {
            LakeSnapshots.Seen seen = snapshots.since(unnotedSince());
            seen.snapshots().forEach(this::noteOnce);
            Optional<Long> present = seen.in(period).map(TakenSnapshot::rows).or(this::withoutRows);
            if (present.isPresent() || isBefore(seen)) {
                return new Outcome(present, counts);
            }
            counts = counts.plusAttempt();
            Instant begun = clock.instant();
            try (ReadWindow read = read(table)) {
                Optional<String> refusal = append(snapshots, seen, read);
                if (refusal.isEmpty()) {
                    noteTaken(new TakenSnapshot(
                            run.runUpperBound(), read.written().rows()));
                    log.window(window(), read, Duration.between(begun, clock.instant()), counts.attempts(), 1);
                    return new Outcome(Optional.of(read.written().rows()), counts.plus(read));
                }
                lastRefusal = refusal.get();
                log.startsOver(window(), lastRefusal);
            }
        }
        throw new LakeException("gave up after " + MAX_ATTEMPTS
                + " refused attempts in a row: expected no other run of this cluster at the same time; the last refusal: "
                + lastRefusal);
    }

    /**
     * A snapshot that a run has committed and, because it died, not noted is later than the last noted one, however long ago
     * that was.
     */
    private LocalDateTime unnotedSince() {
        LocalDateTime before = rule.periodOf(period.from().minusNanos(1_000)).from();
        return taken.whole(declaration.name(), database)
                .newest()
                .flatMap(SnapshotNote::takenAt)
                .map(newest -> newest.isBefore(period.from()) ? newest.plusNanos(1_000) : before)
                .orElse(SourceQuery.BEGINNING);
    }

    private void noteOnce(TakenSnapshot snapshot) {
        if (!taken.recent(declaration.name(), database).has(snapshot.takenAt())) {
            noteTaken(snapshot);
        }
    }

    private void noteTaken(TakenSnapshot snapshot) {
        SnapshotHistory history = taken.whole(declaration.name(), database);
        Optional<String> doubt = history.doubt(snapshot.takenAt(), snapshot.rows());
        doubt.ifPresent(notes);
        long missed = history.missedBefore(rule, snapshot.takenAt());
        if (missed > 0) {
            notes.accept("no snapshot was taken in " + missed + " periods of " + rule.every() + " before "
                    + snapshot.takenAt());
        }
        taken.add(declaration.name(), database, Optional.of(snapshot.takenAt()), Optional.of(snapshot.rows()), doubt);
    }

    /** A snapshot of this period that has no rows; the lake has nothing of it but its note. */
    private Optional<Long> withoutRows() {
        return taken.recent(declaration.name(), database)
                .in(period)
                .flatMap(SnapshotNote::rows)
                .filter(rows -> rows == 0);
    }

    /** Whether the lake has a later snapshot: what exists now must not get an earlier time than what existed before. */
    private boolean isBefore(LakeSnapshots.Seen seen) {
        Optional<LocalDateTime> later = Stream.concat(
                        seen.snapshots().stream().map(TakenSnapshot::takenAt),
                        taken.recent(declaration.name(), database).newest().flatMap(SnapshotNote::takenAt).stream())
                .filter(run.runUpperBound()::isBefore)
                .findFirst();
        later.ifPresent(time -> notes.accept("no snapshot was taken, because the lake has one of " + time
                + ", after the run's upper bound, " + run.runUpperBound()
                + ": another run has begun later, or the source's clock went back"));
        return later.isPresent();
    }

    private ReadWindow read(LakeTable table) {
        SourceProbe probe = new SourceProbe(ports.source(), declaration, run.runUpperBound());
        WindowReader reader = new WindowReader(run.cluster(), declaration, ports, probe, database);
        List<SourceColumn> columns = probe.columns();
        table.adapt(columns).forEach(notes);
        reader.expect(columns);
        try {
            ReadWindow read = reader.read(table, window());
            read.written().replaced().notes().forEach(notes);
            return read;
        } finally {
            reader.note().ifPresent(notes);
        }
    }

    /** All rows of a snapshot have the same time. */
    private Window window() {
        return new Window(WindowPlan.justBefore(run.runUpperBound()), run.runUpperBound());
    }

    /** Empty if the rows are in the lake, or if there are none; otherwise why it has to start over. */
    private Optional<String> append(LakeSnapshots snapshots, LakeSnapshots.Seen seen, ReadWindow read) {
        if (read.written().files().isEmpty()) {
            return Optional.empty();
        }
        return snapshots.append(seen, period, read.written(), evidence()).whyToStartOver();
    }

    private Map<String, String> evidence() {
        return Map.of(
                "redshift_query_logs.cluster", run.cluster().value(),
                "redshift_query_logs.run_id", run.runId(),
                "redshift_query_logs.database", database.orElse(""),
                "redshift_query_logs.to", run.runUpperBound().toString());
    }
}
