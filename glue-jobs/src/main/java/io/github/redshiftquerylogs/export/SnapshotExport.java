package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.snapshot.SnapshotsTaken;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import io.github.redshiftquerylogs.watermark.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes the snapshots of one export, unless they were taken in this period already: one, or one in each database of the
 * cluster. Each is read, committed, noted and tried again on its own. Whether it was taken is decided by the lake: by its rows,
 * or, where it has none, by its note in the table {@code snapshots_taken}.
 */
final class SnapshotExport implements Export {

    private final RunBounds run;
    private final ExportDeclaration declaration;
    private final SnapshotRule rule;
    private final SnapshotRule.Period period;
    private final RunPorts ports;
    private final SnapshotsTaken taken;
    private final RunLog log;
    private final TableNotes notes;
    /** Why snapshots are missing that the next run tries again. */
    private final List<String> missing = new ArrayList<>();

    private final List<String> failures = new ArrayList<>();
    /** By database: those that were never read and cannot be read. */
    private final List<Unavailable> unavailable = new ArrayList<>();

    private TableCounts counts = TableCounts.NONE;
    private int snapshots;
    private long rows;
    private boolean complete;

    SnapshotExport(RunBounds run, ExportDeclaration declaration, RunPorts ports, SnapshotsTaken taken) {
        this.run = run;
        this.declaration = declaration;
        this.rule = declaration.snapshot().orElseThrow();
        this.period = rule.periodOf(run.runUpperBound());
        this.ports = ports;
        this.taken = taken;
        this.log = new RunLog(run.cluster()).forTable(declaration.name());
        this.notes = new TableNotes(log);
    }

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public TableSummary export(Optional<News> news) {
        Instant begun = ports.clock().instant();
        try {
            takeAll();
        } catch (Exception | Error e) {
            // Exception, because Spark throws checked exceptions that it does not declare
            failed(Optional.empty(), Failure.of(e, ports.source()::redact));
        }
        return new TableSummary(
                name(),
                Optional.empty(),
                Optional.empty(),
                counts,
                Duration.between(begun, ports.clock().instant()),
                complete,
                Optional.empty(),
                notes.all(),
                unavailable(),
                failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures)));
    }

    private void takeAll() {
        LakeTable table = ports.lake().open(declaration, run.cluster());
        if (isDone(table)) {
            complete = true;
            return;
        }
        for (Optional<String> database : rule.perDatabase() ? databases() : List.of(Optional.<String>empty())) {
            // the first one ignores the deadline, like the first window of a table
            if (counts.attempts() > 0 && !ports.clock().instant().isBefore(run.deadline())) {
                missing.add("the run's budget ended before " + database.orElse(name()));
                break;
            }
            takeOrSayWhyNot(table, database);
        }
        complete = missing.isEmpty() && (snapshots > 0 || unavailable.isEmpty());
        boolean refused = unavailable.stream().anyMatch(why -> why.state() == Unavailable.State.REFUSED);
        if (snapshots > 0) {
            unavailable.stream()
                    .filter(why -> why.state() == Unavailable.State.ABSENT)
                    .forEach(why -> notes.add(why.reason()));
        }
        if (complete && !refused && rule.perDatabase()) {
            taken.add(name(), Optional.empty(), Optional.of(run.runUpperBound()), Optional.of(rows), Optional.empty());
        }
        List<String> notTaken = new ArrayList<>(missing);
        unavailable.forEach(why -> notTaken.add(why.reason()));
        ports.state()
                .recordSnapshot(
                        run.cluster(),
                        name(),
                        new SnapshotState(run.runId(), run.runUpperBound(), snapshots, rows, notTaken));
    }

    /** Decided without the cluster. The lake may have been rolled back since the note was written. */
    private boolean isDone(LakeTable table) {
        return taken.recent(name(), Optional.empty())
                .in(period)
                .filter(note -> note.rows().orElse(0L) == 0
                        || table.snapshots(Optional.empty()).mayHave(period))
                .isPresent();
    }

    private List<Optional<String>> databases() {
        try (SourceSession session = ports.source().open(name() + " databases")) {
            return session.databases().stream().map(Optional::of).toList();
        }
    }

    private void takeOrSayWhyNot(LakeTable table, Optional<String> database) {
        Source source = ports.source();
        try {
            source = database.map(source::inDatabase).orElse(source);
            DatabaseSnapshot.Outcome outcome =
                    new DatabaseSnapshot(run, declaration, database, source, ports, taken, notes::add).take(table);
            counts = counts.plus(outcome.counts());
            if (outcome.rows().isPresent()) {
                snapshots++;
                rows += outcome.rows().get();
            } else {
                missing.add(inDatabase(database, "a later one is in the lake"));
            }
        } catch (Exception e) {
            // not Error: a process that is out of memory tries no further database
            counts = counts.plusAttempt();
            notTaken(database, source, e);
        }
    }

    private void notTaken(Optional<String> database, Source source, Exception cause) {
        Failure failure = Failure.of(cause, source::redact);
        if (cause instanceof SourceException refusal
                && Unavailable.isOfDatabase(refusal)
                && taken.whole(name(), database).newest().isEmpty()) {
            unavailable.add(unavailable(database, source, refusal));
        } else {
            missing.add(inDatabase(database, failure.text()));
            failed(database, failure);
        }
        if (!taken.recent(name(), database).hasFailed(period)) {
            taken.add(name(), database, Optional.empty(), Optional.empty(), Optional.of(failure.text()));
        }
    }

    private Unavailable unavailable(Optional<String> database, Source source, SourceException refusal) {
        SourceProbe probe = new SourceProbe(source, declaration, run.runUpperBound());
        return database.map(name -> Unavailable.ofDatabase(declaration, name, refusal, probe::grant))
                .orElseGet(() -> Unavailable.of(declaration, refusal, probe::grant));
    }

    /** Refused if any database refuses; absent only if no database has it. */
    private Optional<Unavailable> unavailable() {
        boolean refused = unavailable.stream().anyMatch(why -> why.state() == Unavailable.State.REFUSED);
        if (unavailable.isEmpty() || (!refused && snapshots > 0)) {
            return Optional.empty();
        }
        Unavailable.State state = refused ? Unavailable.State.REFUSED : Unavailable.State.ABSENT;
        return Optional.of(new Unavailable(
                state,
                unavailable.stream()
                        .filter(why -> why.state() == state)
                        .map(Unavailable::reason)
                        .collect(Collectors.joining("; "))));
    }

    private static String inDatabase(Optional<String> database, String text) {
        return database.map(name -> "database " + name + ": ").orElse("") + text;
    }

    private void failed(Optional<String> database, Failure failure) {
        log.failed(failure);
        failures.add(inDatabase(database, failure.text()));
    }
}
