package io.github.redshiftquerylogs.snapshot;

import io.github.redshiftquerylogs.declaration.SnapshotRule;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is noted about the snapshots of one export, of one database where it is taken per database; pure.
 *
 * @param notes in any order
 */
public record SnapshotHistory(List<SnapshotNote> notes) {

    /** Below this number of rows, half of them may be dropped on any day. */
    private static final long FEW = 10;

    public SnapshotHistory {
        notes = List.copyOf(notes);
    }

    /** The snapshot of a period; empty if none is noted. */
    public Optional<SnapshotNote> in(SnapshotRule.Period period) {
        return taken(note -> period.contains(note.takenAt().orElseThrow()));
    }

    /** Whether a failure is noted in a period. */
    public boolean hasFailed(SnapshotRule.Period period) {
        return notes.stream().anyMatch(note -> note.takenAt().isEmpty() && period.contains(note.notedAt()));
    }

    /** Whether the snapshot of a time is noted. */
    public boolean has(LocalDateTime takenAt) {
        return notes.stream().anyMatch(note -> note.takenAt().equals(Optional.of(takenAt)));
    }

    /** The newest snapshot. */
    public Optional<SnapshotNote> newest() {
        return taken(note -> true);
    }

    private Optional<SnapshotNote> taken(Predicate<SnapshotNote> which) {
        return notes.stream()
                .filter(note -> note.takenAt().isPresent())
                .filter(which)
                .max(Comparator.comparing(note -> note.takenAt().orElseThrow()));
    }

    /**
     * Why a snapshot may not show everything; empty if it does. A user that sees less than before, or a cluster that is being
     * resumed, answers without an error. So a snapshot with fewer than half of the rows of the last complete one is no evidence
     * that something was dropped.
     *
     * @param takenAt the time of the snapshot
     * @param rows the number of its rows
     */
    public Optional<String> doubt(LocalDateTime takenAt, long rows) {
        return taken(note -> note.isComplete() && note.takenAt().orElseThrow().isBefore(takenAt))
                .filter(complete -> {
                    long before = complete.rows().orElse(0L);
                    return 2 * rows < before && (rows == 0 || before >= FEW);
                })
                .map(complete -> rows + " rows, fewer than half of the "
                        + complete.rows().orElse(0L) + " of the last complete snapshot, at "
                        + complete.takenAt().orElseThrow()
                        + ": what is missing does not count as dropped; expected a user that sees as much as before, or, if"
                        + " so much was dropped, as many rows again");
    }

    /** The number of whole periods without a snapshot between the newest one and a time; 0 if there is none before it. */
    public long missedBefore(SnapshotRule rule, LocalDateTime time) {
        return newest().map(SnapshotNote::takenAt)
                .map(Optional::orElseThrow)
                .filter(before -> before.isBefore(time))
                .map(before -> Duration.between(
                                        rule.periodOf(before).to(),
                                        rule.periodOf(time).from())
                                .toSeconds()
                        / rule.every().toSeconds())
                .filter(missed -> missed > 0)
                .orElse(0L);
    }
}
