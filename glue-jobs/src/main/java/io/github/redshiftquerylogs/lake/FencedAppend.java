package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to add rows to the lake: an append that Iceberg refuses if rows within its fence were appended since {@code
 * base}. The fence of a log are later rows of the same cluster, that of a snapshot are rows of the same period.
 *
 * <ul>
 *   <li>It has no row filter, so it cannot delete; its operation in the table's history is {@code append}.
 *   <li>Its fence and {@code base} come from one snapshot: a concurrent append of the cluster adds files behind the
 *     fence that {@code base} does not have, and this commit is refused. Correctness depends on no lock and no lease.
 *   <li>Concurrent appends of other clusters and concurrent compaction are accepted.
 * </ul>
 */
final class FencedAppend {

    private static final Logger LOG = LoggerFactory.getLogger(FencedAppend.class);
    /** Snapshot property: identifies the commit attempt that created the snapshot. */
    static final String COMMIT = "redshift_query_logs.commit";

    private final Table table;
    private final ClusterRows rows;

    FencedAppend(Table table, ClusterName cluster) {
        this.table = table;
        this.rows = new ClusterRows(table, cluster);
    }

    /**
     * Appends files with later rows of the cluster than {@code base} has.
     *
     * @param base the cluster's position when the rows to read were chosen
     * @param files the files to append
     * @param evidence properties of the new snapshot, kept until it expires
     * @throws IllegalStateException if {@code base} itself has rows behind the fence; nothing is committed
     */
    AppendResult commit(LakePosition base, List<DataFile> files, Map<String, String> evidence) {
        Expression fence = rows.after(base.maxLogTime());
        if (!isExpired(base.snapshotId())) {
            requireNothingBehind(fence, base);
        }
        return commit(base.snapshotId(), fence, files, evidence);
    }

    /**
     * Appends files unless rows within a fence were appended since {@code base}.
     *
     * @param base the snapshot of the table that was read when it was decided what to append; empty if it had none
     * @param fence the rows; the caller has seen that {@code base} has none that it must not have
     * @param files the files to append
     * @param evidence properties of the new snapshot, kept until it expires
     */
    AppendResult commit(OptionalLong base, Expression fence, List<DataFile> files, Map<String, String> evidence) {
        if (isExpired(base)) {
            // appends since then cannot be detected
            return refuse(files, "the base snapshot has expired");
        }
        OverwriteFiles append = table.newOverwrite()
                .conflictDetectionFilter(fence)
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
        // without a base snapshot, every file of the table counts as added since
        base.ifPresent(append::validateFromSnapshot);
        files.forEach(append::addFile);
        evidence.forEach(append::set);
        String commit = UUID.randomUUID().toString();
        append.set(COMMIT, commit);
        // after a reported conflict Iceberg deletes the manifests; that is deferred until the commit was looked up
        Queue<String> obsolete = new ConcurrentLinkedQueue<>();
        append.deleteWith(obsolete::add);
        try {
            append.commit();
        } catch (CommitFailedException | ValidationException e) {
            if (e instanceof ValidationException && e.getCause() != null) {
                // a refusal by the catalog, not a conflict: starting over would not help
                throw e;
            }
            // Iceberg repeats a commit whose reply was lost; the repetition then conflicts with the first one
            if (committed(commit).isPresent()) {
                return unknown(e);
            }
            delete(obsolete);
            return refuse(files, String.valueOf(e.getMessage()));
        } catch (CommitStateUnknownException e) {
            return unknown(e);
        }
        // manifests of earlier attempts
        delete(obsolete);
        return new AppendResult.Committed();
    }

    private boolean isExpired(OptionalLong base) {
        return base.isPresent() && table.snapshot(base.getAsLong()) == null;
    }

    /** The snapshot of a commit in the table as of now; empty if there is none. */
    Optional<Snapshot> committed(String commit) {
        table.refresh();
        for (Snapshot snapshot : table.snapshots()) {
            if (commit.equals(snapshot.summary().get(COMMIT))) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    private static AppendResult unknown(RuntimeException cause) {
        return new AppendResult.Unknown(String.valueOf(cause.getMessage()));
    }

    private AppendResult refuse(List<DataFile> files, String reason) {
        discard(files);
        return new AppendResult.Refused(reason);
    }

    /**
     * Requires that {@code base} has no rows behind the fence. Files without a bound are skipped: they were read when
     * {@code base} was taken.
     */
    private void requireNothingBehind(Expression fence, LakePosition base) {
        Optional<DataFile> behind = base.snapshotId().isEmpty()
                ? Optional.empty()
                : rows.files(base.snapshotId().getAsLong(), fence).stream()
                        .filter(file -> base.maxLogTime().isEmpty()
                                || rows.upperBound(file)
                                        .filter(bound ->
                                                bound.isAfter(base.maxLogTime().get()))
                                        .isPresent())
                        .findAny();
        behind.ifPresent(file -> {
            throw new IllegalStateException("cannot append to " + table.name() + ": base " + base
                    + " has rows behind its own fence, in " + file.location());
        });
    }

    /** Deletes the files of a commit that did not happen. */
    void discard(List<DataFile> files) {
        delete(files.stream().map(DataFile::location).toList());
    }

    /** Deletes files to which no table refers; a failure is logged only. */
    void delete(Collection<String> locations) {
        for (String location : locations) {
            try {
                table.io().deleteFile(location);
            } catch (RuntimeException e) {
                // no table refers to the file, so it only takes space
                LOG.warn("cannot delete the unneeded file {}", location, e);
            }
        }
    }
}
