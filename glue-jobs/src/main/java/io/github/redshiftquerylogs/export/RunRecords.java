package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.ClusterRecord;
import io.github.redshiftquerylogs.lake.ClusterTable;
import io.github.redshiftquerylogs.lake.SourceIdentity;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.snapshot.SnapshotNote;
import io.github.redshiftquerylogs.snapshot.SnapshotsTaken;
import io.github.redshiftquerylogs.watermark.UnreadableStateException;
import io.github.redshiftquerylogs.window.Retention;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run records in the lake about itself, beside the exported rows. A record that fails is a note of the source. */
final class RunRecords {

    private final ClusterName cluster;
    private final RunPorts ports;
    private final Map<String, String> evidence;
    private @Nullable ClusterTable clusters;

    RunRecords(ClusterName cluster, String runId, RunPorts ports) {
        this.cluster = cluster;
        this.ports = ports;
        this.evidence = Map.of("redshift_query_logs.run_id", runId);
    }

    /**
     * The sources that were exported under the cluster's name, as far as sealing has to know them; empty, with the reason as
     * a note, if the table {@code clusters} cannot be read.
     */
    Optional<ClusterTable.Sources> sources(LocalDateTime upperBound, Consumer<String> note) {
        try {
            return Optional.of(clusters().sources(Retention.beyond(upperBound).minusDays(1)));
        } catch (RuntimeException e) {
            note.accept("the sources of earlier runs are unknown, the watermarks decide and no day is sealed: "
                    + Failure.of(e, ports.source()::redact).text());
            return Optional.empty();
        }
    }

    /**
     * Records that another source was accepted, before any of its rows is read: no day is sealed across this.
     *
     * @throws LakeException if it could not be recorded
     */
    void accepted(SourceIdentity now, LocalDateTime upperBound) {
        clusters().record(new ClusterRecord(now.text(), Optional.empty()), upperBound, evidence);
        Optional<SourceIdentity> recorded = clusters().sources(upperBound).last();
        if (recorded.filter(now::isSame).isEmpty()) {
            throw new LakeException(
                    "the accepted source " + now.text() + " was not recorded in the table clusters, which has "
                            + recorded.map(SourceIdentity::text).orElse("none")
                            + ": expected no other run of this cluster at the same time; nothing was read");
        }
    }

    private ClusterTable clusters() {
        ClusterTable opened = clusters;
        if (opened == null) {
            opened = ports.lake().openClusters(cluster);
            clusters = opened;
        }
        return opened;
    }

    /** Records the cluster's metadata in the table {@code clusters}; a failure is a note and does not block the export. */
    SourceInfo cluster(SourceInfo source) {
        try {
            ClusterRecord now = new ClusterRecord(source.identity(), Optional.empty());
            SourceInfo noted = source;
            try {
                now = new ClusterRecord(source.identity(), ports.state().description(cluster));
            } catch (UnreadableStateException e) {
                noted = source.withNote(String.valueOf(e.getMessage()));
            }
            clusters().record(now, source.runUpperBound(), evidence);
            return noted;
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e, ports.source()::redact);
            return source.withNote("the cluster's metadata was not recorded in the table clusters: " + failure.text());
        }
    }

    /** Records in the table {@code export_states} which exports can be read; a failure is a note. */
    SourceInfo states(SourceInfo source, List<TableSummary> tables) {
        try {
            new ExportStates(ports.lake().openRecords(ExportStates.definition(), cluster))
                    .record(tables, source.runUpperBound(), evidence);
            return source;
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e, ports.source()::redact);
            return source.withNote(
                    "the states of the exports were not recorded in the table export_states: " + failure.text());
        }
    }

    SnapshotsTaken snapshotsTaken(SourceInfo source, List<ExportDeclaration> exports) {
        Duration longestPeriod = exports.stream()
                .flatMap(declaration -> declaration.snapshot().stream())
                .map(SnapshotRule::every)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new SnapshotsTaken(
                () -> ports.lake().openRecords(SnapshotNote.table(), cluster), source.runUpperBound(), longestPeriod);
    }

    /** Records the snapshots of the run in the table {@code snapshots_taken}; if it cannot, the next run does. */
    SourceInfo snapshots(SourceInfo source, SnapshotsTaken taken) {
        Optional<String> problem;
        try {
            problem = taken.write(evidence);
        } catch (RuntimeException e) {
            problem = Optional.of(Failure.of(e, ports.source()::redact).text());
        }
        return problem.map(why -> source.withNote(
                        "the snapshots were not recorded in the table snapshots_taken, the next run does it: " + why))
                .orElse(source);
    }

    /** Records in the table {@code export_days} the rows of own exports by day; a failure is a note. */
    SourceInfo ownExports(SourceInfo source, List<ExportDeclaration> exports, List<TableSummary> tables) {
        try {
            new ExportDays(cluster, ports.lake()).record(exports, tables, source.runUpperBound(), evidence);
            return source;
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e, ports.source()::redact);
            return source.withNote(
                    "the rows of own exports were not recorded in the table export_days, the next run does it: "
                            + failure.text());
        }
    }
}
