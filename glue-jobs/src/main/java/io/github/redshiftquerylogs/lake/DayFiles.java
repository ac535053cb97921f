package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;

/**
 * The files of a cluster and a day, by their metadata.
 *
 * @param count the number of files
 * @param bytes their size
 * @param rows the number of their rows, those included that another engine has marked as deleted
 * @param deletes whether another engine has marked rows as deleted
 * @param inOrder whether their spans of {@code log_time} follow one another
 */
public record DayFiles(int count, long bytes, long rows, boolean deletes, boolean inOrder) {

    /** The size of a compacted file. */
    public static final long TARGET_BYTES = 256L << 20;

    /** A file may turn out smaller: sorted rows compress better, and a day is not a multiple of the target. */
    private static final long SMALL_BYTES = TARGET_BYTES / 2;

    /**
     * Whether there is nothing to gain by rewriting. Spark does not note in a file how it was sorted, so of one file the order
     * is not asked: its rows come from one window or from a rewrite.
     */
    public boolean isCompact() {
        long enough = Math.max(1, (bytes + SMALL_BYTES - 1) / SMALL_BYTES);
        return !deletes && inOrder && count <= enough;
    }

    static DayFiles of(Collection<FileScanTask> tasks, ClusterRows rows) {
        List<DataFile> files = tasks.stream().map(FileScanTask::file).toList();
        return new DayFiles(
                files.size(),
                files.stream().mapToLong(DataFile::fileSizeInBytes).sum(),
                files.stream().mapToLong(DataFile::recordCount).sum(),
                tasks.stream().anyMatch(task -> !task.deletes().isEmpty()),
                files.size() <= 1 || areInOrder(files, rows));
    }

    private static boolean areInOrder(List<DataFile> files, ClusterRows rows) {
        record Span(LocalDateTime first, LocalDateTime last) {}
        List<Span> spans = files.stream()
                .flatMap(file -> {
                    Optional<LocalDateTime> last = rows.upperBound(file);
                    return rows.lowerBound(file).flatMap(first -> last.map(end -> new Span(first, end))).stream();
                })
                .sorted(Comparator.comparing(Span::first).thenComparing(Span::last))
                .toList();
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).first().isBefore(spans.get(i - 1).last())) {
                return false;
            }
        }
        // a file without bounds may have any rows
        return spans.size() == files.size();
    }
}
