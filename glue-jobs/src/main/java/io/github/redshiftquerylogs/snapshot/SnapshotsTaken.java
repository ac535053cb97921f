package io.github.redshiftquerylogs.snapshot;

import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.RecordTable;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code snapshots_taken} in one run of a cluster. Notes of the run are collected and written by one commit, after
 * the snapshots themselves. If the run dies in between, the next run notes the snapshots that are in the lake. Thread-safe.
 */
public final class SnapshotsTaken {

    private static final int MAX_ATTEMPTS = 5;
    /** Earlier than any run. */
    private static final LocalDateTime BEGINNING = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final Supplier<RecordTable> open;
    private final LocalDateTime runUpperBound;
    private final LocalDateTime since;
    private final List<SnapshotNote> added = new ArrayList<>();
    private @Nullable RecordTable table;
    private List<SnapshotNote> recent = List.of();
    private @Nullable List<SnapshotNote> all;

    /**
     * The notes of a cluster.
     *
     * @param open opens the table; called once, when notes are needed for the first time
     * @param runUpperBound the {@code log_time} of new notes, UTC
     * @param longestPeriod the longest one of the run's exports
     */
    public SnapshotsTaken(Supplier<RecordTable> open, LocalDateTime runUpperBound, Duration longestPeriod) {
        this.open = open;
        this.runUpperBound = runUpperBound;
        this.since = runUpperBound.minus(longestPeriod.multipliedBy(2));
    }

    /** What is noted of the last two periods, this run's own notes included. */
    public synchronized SnapshotHistory recent(String export, Optional<String> database) {
        opened();
        return history(recent, export, database);
    }

    /** Everything that is noted; reads the whole table if the last two periods have no complete snapshot. */
    public synchronized SnapshotHistory whole(String export, Optional<String> database) {
        SnapshotHistory recently = recent(export, database);
        if (recently.notes().stream().anyMatch(SnapshotNote::isComplete)) {
            return recently;
        }
        if (all == null) {
            all = read(opened(), opened().position(), BEGINNING);
        }
        return history(all, export, database);
    }

    private SnapshotHistory history(List<SnapshotNote> stored, String export, Optional<String> database) {
        return new SnapshotHistory(Stream.concat(stored.stream(), added.stream())
                .filter(note -> note.isAbout(export, database))
                .toList());
    }

    private RecordTable opened() {
        RecordTable known = table;
        if (known == null) {
            known = open.get();
            recent = read(known, known.position(), since);
            table = known;
        }
        return known;
    }

    private static List<SnapshotNote> read(RecordTable table, LakePosition base, LocalDateTime since) {
        return table.records(base, since).stream().map(SnapshotNote::of).toList();
    }

    /** Adds a note, to be written by {@link #write}. */
    public synchronized void add(
            String export,
            Optional<String> database,
            Optional<LocalDateTime> takenAt,
            Optional<Long> rows,
            Optional<String> reason) {
        added.add(new SnapshotNote(runUpperBound, export, database, takenAt, rows, reason));
    }

    /**
     * Writes the notes of this run, except those that another run has written meanwhile.
     *
     * @param evidence properties of the commit
     * @return why they could not be written, if other runs were first again and again; the next run notes the snapshots then
     */
    public synchronized Optional<String> write(Map<String, String> evidence) {
        if (added.isEmpty()) {
            return Optional.empty();
        }
        RecordTable target = opened();
        String refusal = "";
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            LakePosition base = target.position();
            List<SnapshotNote> stored = read(target, base, since);
            List<Map<String, Object>> news = added.stream()
                    .filter(note -> stored.stream().noneMatch(other -> saysTheSame(other, note)))
                    .map(SnapshotNote::values)
                    .toList();
            if (news.isEmpty()) {
                return Optional.empty();
            }
            AppendResult result = target.append(base, runUpperBound, news, evidence);
            if (result instanceof AppendResult.Committed) {
                return Optional.empty();
            }
            refusal = result instanceof AppendResult.Refused refused
                    ? refused.reason()
                    : ((AppendResult.Unknown) result).reason();
        }
        return Optional.of(refusal);
    }

    private static boolean saysTheSame(SnapshotNote known, SnapshotNote note) {
        return known.isAbout(note.tableName(), note.database())
                && known.takenAt().equals(note.takenAt())
                && (known.takenAt().isPresent() || known.notedAt().equals(note.notedAt()));
    }
}
