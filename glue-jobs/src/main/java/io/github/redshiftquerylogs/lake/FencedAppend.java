package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * The only way in which rows get into the lake: an append that Iceberg refuses if anybody else has appended later rows
 * of the same cluster since {@code base}.
 *
 * <ul>
 *   <li>It has no row filter, so it cannot delete; its operation in the table's history is {@code append}.
 *   <li>Its fence, and {@code base}, come from one snapshot: whoever appended in between has put files behind the fence
 *       that {@code base} does not have, and the commit is refused. No lock and no lease carries correctness.
 *   <li>Appends of other clusters and compaction in between are accepted.
 * </ul>
 */
final class FencedAppend {

    private static final Logger LOG = LoggerFactory.getLogger(FencedAppend.class);
    /** Snapshot property: which attempt to commit made it. */
    private static final String COMMIT = "redshift_query_logs.commit";

    private final Table table;
    private final ClusterRows rows;

    FencedAppend(Table table, ClusterName cluster) {
        this.table = table;
        this.rows = new ClusterRows(table, cluster);
    }

    /**
     * Appends files that hold later rows of the cluster than {@code base} has.
     *
     * @param base where the cluster stood when the rows to read were chosen
     * @param files what was written
     * @param evidence is kept with the snapshot, until that expires
     * @throws IllegalStateException if {@code base} itself has rows behind the fence; nothing is committed
     */
    AppendResult commit(LakePosition base, List<DataFile> files, Map<String, String> evidence) {
        if (base.snapshotId().isPresent() && table.snapshot(base.snapshotId().getAsLong()) == null) {
            // expired: nobody can tell any more what was appended since
            return refuse(files, "the base has expired");
        }
        Expression fence = rows.after(base.maxLogTime());
        requireNothingBehind(fence, base);
        OverwriteFiles append = table.newOverwrite()
                .conflictDetectionFilter(fence)
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
        // without a base every file of the table counts as added since
        base.snapshotId().ifPresent(append::validateFromSnapshot);
        files.forEach(append::addFile);
        evidence.forEach(append::set);
        String commit = UUID.randomUUID().toString();
        append.set(COMMIT, commit);
        // Iceberg takes a conflict at its word and deletes the manifests; not before we have looked ourselves
        Queue<String> needless = new ConcurrentLinkedQueue<>();
        append.deleteWith(needless::add);
        try {
            append.commit();
        } catch (CommitFailedException | ValidationException e) {
            if (e instanceof ValidationException && e.getCause() != null) {
                // the catalog's own refusal, not a conflict: starting over would not help
                throw e;
            }
            // a commit whose reply was lost is tried again by Iceberg, and then stands in its own way
            if (happened(commit)) {
                return unknown(e);
            }
            delete(needless);
            return refuse(files, String.valueOf(e.getMessage()));
        } catch (CommitStateUnknownException e) {
            return unknown(e);
        }
        // of tries before
        delete(needless);
        return new AppendResult.Committed();
    }

    private boolean happened(String commit) {
        table.refresh();
        for (Snapshot snapshot : table.snapshots()) {
            if (commit.equals(snapshot.summary().get(COMMIT))) {
                return true;
            }
        }
        return false;
    }

    private static AppendResult unknown(RuntimeException cause) {
        return new AppendResult.Unknown(String.valueOf(cause.getMessage()));
    }

    private AppendResult refuse(List<DataFile> files, String reason) {
        discard(files);
        return new AppendResult.Refused(reason);
    }

    /** Files without a bound cannot be told by it; they were read when the base was taken. */
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

    /** Deletes files of a commit that certainly did not happen. */
    void discard(List<DataFile> files) {
        delete(files.stream().map(DataFile::location).toList());
    }

    private void delete(Collection<String> locations) {
        for (String location : locations) {
            try {
                table.io().deleteFile(location);
            } catch (RuntimeException e) {
                // it belongs to no table, and costs nothing but its space
                LOG.warn("cannot delete {}, which is not needed", location, e);
            }
        }
    }
}
