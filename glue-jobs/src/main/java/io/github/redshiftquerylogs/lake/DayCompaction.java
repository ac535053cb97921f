package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Compacts the files of a cluster and a day. An append does not conflict with it, whichever is first.
 *
 * <p>What Iceberg deletes waits until the commit was looked up by a property of its snapshot, and what that snapshot has is never
 * deleted. After a lost reply Iceberg tries again. It then may find that the files to replace are gone, and delete the new ones; or
 * find nothing to change, and delete the manifest list of its first attempt, which is that of the table.
 */
final class DayCompaction {

    private final Table table;
    private final ClusterRows clusterRows;
    private final DayContent content;
    private final FencedAppend commits;
    private final List<String> sortBy;

    DayCompaction(Table table, ClusterName cluster, ExportDeclaration declaration) {
        this.table = table;
        this.clusterRows = new ClusterRows(table, cluster);
        this.content = new DayContent(table, cluster, declaration);
        this.commits = new FencedAppend(table, cluster);
        this.sortBy = Stream.concat(Stream.of(LakeColumns.LOG_TIME), declaration.key().stream())
                .filter(column -> table.schema().findField(column) != null)
                .distinct()
                .toList();
    }

    /** The files of each day that has some, in the table's current snapshot. */
    SortedMap<LocalDate, DayFiles> filesByDay() {
        SortedMap<LocalDate, List<FileScanTask>> days = new TreeMap<>();
        for (FileScanTask file : plan(clusterRows.all())) {
            day(file)
                    .ifPresent(day ->
                            days.computeIfAbsent(day, none -> new ArrayList<>()).add(file));
        }
        SortedMap<LocalDate, DayFiles> files = new TreeMap<>();
        days.forEach((day, tasks) -> files.put(day, DayFiles.of(tasks, clusterRows)));
        return files;
    }

    /** The day of a file's partition; empty if another engine has changed the partitions. */
    private static Optional<LocalDate> day(FileScanTask file) {
        List<PartitionField> fields = file.spec().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (file.spec().schema().findColumnName(fields.get(i).sourceId()).equals(LakeColumns.LOG_TIME)
                    && fields.get(i).transform().toString().equals("day")) {
                return Optional.ofNullable(file.file().partition().get(i, Integer.class))
                        .map(LocalDate::ofEpochDay);
            }
        }
        return Optional.empty();
    }

    private List<FileScanTask> plan(Expression rows) {
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .filter(rows)
                .includeColumnStats(List.of(LakeColumns.LOG_TIME))
                .planFiles()) {
            tasks.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot plan " + table.name(), e);
        }
        return files;
    }

    /**
     * Compacts a day in the latest snapshot.
     *
     * @param sealed the rows that the day must have
     * @throws RuntimeException if the rewrite failed; nothing is committed
     */
    CompactionResult compact(LocalDate day, DayRows sealed, PartitionRewriter rewriter, Map<String, String> evidence) {
        table.refresh();
        Expression rows =
                clusterRows.between(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
        List<FileScanTask> files = plan(rows);
        DayFiles before = DayFiles.of(files, clusterRows);
        if (before.isCompact()) {
            return new CompactionResult.NothingToDo();
        }
        String commit = UUID.randomUUID().toString();
        Map<String, String> properties = new HashMap<>(evidence);
        properties.put(FencedAppend.COMMIT, commit);
        VerifiedReplacement replacement = new VerifiedReplacement(table, sealed, changed -> content.of(changed, day));
        Optional<Exception> failure = Optional.empty();
        try {
            rewriter.rewrite(new PartitionRewriter.Rewrite(
                    replacement.table(), rows, sortBy, DayFiles.TARGET_BYTES, properties));
        } catch (Exception e) {
            failure = Optional.of(e);
        }
        if (failure.filter(DayCompaction::isUnknown).isPresent()) {
            return new CompactionResult.Unknown(String.valueOf(failure.get().getMessage()));
        }
        Optional<Snapshot> committed = commits.committed(commit);
        if (committed.isPresent()) {
            Set<String> live = filesOf(committed.get());
            commits.delete(replacement.held().stream()
                    .filter(file -> !live.contains(file))
                    .toList());
            return new CompactionResult.Compacted(before, DayFiles.of(plan(rows), clusterRows));
        }
        commits.delete(replacement.held());
        if (replacement.objection().isPresent()) {
            return new CompactionResult.Refused(replacement.objection().get());
        }
        Set<String> now = locations(plan(rows));
        if (failure.isEmpty() || !now.containsAll(locations(files))) {
            return new CompactionResult.NothingToDo();
        }
        if (failure.get() instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        // Spark throws checked exceptions that are not declared
        throw new LakeException("the files of " + day + " were not rewritten: " + failure.get());
    }

    /** All files of a snapshot that its commit can have written. */
    private Set<String> filesOf(Snapshot snapshot) {
        Set<String> files = new HashSet<>();
        files.add(snapshot.manifestListLocation());
        snapshot.allManifests(table.io()).forEach(manifest -> files.add(manifest.path()));
        snapshot.addedDataFiles(table.io()).forEach(file -> files.add(file.location()));
        return files;
    }

    private static Set<String> locations(List<FileScanTask> files) {
        return files.stream().map(file -> file.file().location()).collect(Collectors.toSet());
    }

    private static boolean isUnknown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommitStateUnknownException) {
                return true;
            }
        }
        return false;
    }
}
