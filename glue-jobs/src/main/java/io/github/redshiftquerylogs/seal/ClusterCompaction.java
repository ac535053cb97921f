package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.count.OpenDays;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.CompactionResult;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.PartitionRewriter;
import io.github.redshiftquerylogs.watermark.CompactionState;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.SealState;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lake small, once per cluster and day, after the past days were sealed: compacts their files, and lets old snapshots
 * of the tables expire. Neither changes a row, and what is not done is tried again a day later.
 *
 * <p>It comes behind the entries of {@link SealedDays}, so that files which cannot be compacted, or which end the run, keep no day
 * from being sealed. A day is compacted only if it has, with the new files, the rows and the checksum of its last entry.
 */
public final class ClusterCompaction {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterCompaction.class);

    private final ClusterSealing.Run run;
    private final Ports ports;
    private final Map<String, List<String>> notes = new HashMap<>();

    private int compacted;
    private int tables;
    private int snapshots;

    /**
     * The collaborators of a compaction.
     *
     * @param lake the lake
     * @param state how far it is
     * @param rewriter rewrites files
     * @param clock the job's clock
     * @param redact the text of a failure, without secrets
     */
    public record Ports(
            Lake lake,
            ExportState state,
            PartitionRewriter rewriter,
            Clock clock,
            Function<Throwable, String> redact) {}

    /** A compaction of one run. */
    public ClusterCompaction(ClusterSealing.Run run, Ports ports) {
        this.run = run;
        this.ports = ports;
    }

    /** A table and a day of it. */
    private record Due(ExportDeclaration export, LakeTable table, SealedDay entry) {

        SealState.Attempt attempt() {
            return new SealState.Attempt(export.name(), entry.day());
        }
    }

    /**
     * Does what is due, oldest days first, until the deadline.
     *
     * @param exports all logs that there are, those that the cluster exports no more included
     * @param expiring the names of the tables whose snapshots expire
     * @return notes for the user, by table
     */
    public Map<String, List<String>> compact(List<ExportDeclaration> exports, List<String> expiring) {
        LocalDate newest = OpenDays.lastOver(OpenDays.grace(run.cluster()), run.upperBound());
        CompactionState state = ports.state().compaction(run.cluster());
        if (state.through().filter(newest::equals).isPresent() || isPastDeadline()) {
            return notes;
        }
        boolean done = compactDays(due(exports), state.attempt()) && expire(expiring);
        LOG.info(
                "{}: {} days of tables compacted; {} snapshots of {} tables expired{}",
                run.cluster(),
                compacted,
                snapshots,
                tables,
                done ? "" : "; the next run goes on");
        if (done) {
            ports.state().closeCompaction(run.cluster(), newest, now());
        }
        return notes;
    }

    private List<Due> due(List<ExportDeclaration> exports) {
        Map<String, Map<LocalDate, SealedDay>> entries = SealedDays.latest(
                new SealedDays(run.cluster(), ports.lake().openRecords(SealedDays.definition(), run.cluster()))
                        .entries());
        List<Due> due = new ArrayList<>();
        for (ExportDeclaration export : exports) {
            Map<LocalDate, SealedDay> known = entries.getOrDefault(export.name(), Map.of());
            if (!known.isEmpty()) {
                guarded(export.name(), () -> {
                    LakeTable table = ports.lake().open(export, run.cluster());
                    DaysToCompact.of(known, table.filesByDay())
                            .forEach(entry -> due.add(new Due(export, table, entry)));
                });
            }
        }
        due.sort(Comparator.comparing((Due day) -> day.entry().day())
                .thenComparing(day -> day.export().name()));
        return due;
    }

    /** Compacts the days; false if the deadline was first. */
    private boolean compactDays(List<Due> due, Optional<SealState.Attempt> died) {
        for (Due day : due) {
            if (isPastDeadline()) {
                return false;
            }
            if (died.filter(day.attempt()::equals).isPresent()) {
                note(
                        day.export().name(),
                        "a run ended while the files of " + day.entry().day() + " were compacted: left for a day");
            } else {
                guarded(day.export().name(), () -> compact(day));
            }
        }
        return true;
    }

    private void compact(Due day) {
        ports.state().beginCompaction(run.cluster(), day.attempt());
        LocalDate date = day.entry().day();
        CompactionResult result = day.table().compact(date, day.entry().lake(), ports.rewriter(), evidence(date));
        if (result instanceof CompactionResult.Compacted done) {
            compacted++;
            LOG.info(
                    "{} {}: {} compacted: {} files of {} bytes are now {} of {} bytes",
                    run.cluster(),
                    day.export().name(),
                    date,
                    done.before().count(),
                    done.before().bytes(),
                    done.after().count(),
                    done.after().bytes());
        } else if (result instanceof CompactionResult.Refused refused) {
            note(day.export().name(), "the files of " + date + " were not compacted: " + refused.reason());
        } else if (result instanceof CompactionResult.Unknown unknown) {
            note(
                    day.export().name(),
                    "whether the files of " + date + " were compacted is unknown: " + unknown.reason());
        }
    }

    private Map<String, String> evidence(LocalDate day) {
        return Map.of(
                "redshift_query_logs.cluster", run.cluster().value(),
                "redshift_query_logs.run_id", run.runId(),
                "redshift_query_logs.compacted", day.toString());
    }

    /** Lets snapshots expire; false if the deadline was first. */
    private boolean expire(List<String> expiring) {
        LocalDate today = now().toLocalDate();
        for (String table : expiring) {
            if (isPastDeadline()) {
                return false;
            }
            guarded(table, () -> {
                if (ports.state().claimExpiry(table, run.runId(), today)) {
                    int expired =
                            ports.lake().expireSnapshots(table, ports.clock().instant());
                    snapshots += expired;
                    tables += expired > 0 ? 1 : 0;
                }
            });
        }
        return true;
    }

    private boolean isPastDeadline() {
        return !ports.clock().instant().isBefore(run.deadline());
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(ports.clock().instant(), ZoneOffset.UTC);
    }

    /** A failure of a table is a note. */
    private void guarded(String table, Runnable work) {
        try {
            work.run();
        } catch (Exception | LinkageError e) {
            note(
                    table,
                    "files or snapshots were left, tried again a day later: "
                            + ports.redact().apply(e));
        }
    }

    private void note(String table, String note) {
        LOG.warn("{} {}: {}", run.cluster(), table, note);
        notes.computeIfAbsent(table, name -> new ArrayList<>()).add(note);
    }
}
