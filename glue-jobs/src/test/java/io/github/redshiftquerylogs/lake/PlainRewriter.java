package io.github.redshiftquerylogs.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.io.CloseableIterable;

/** A rewrite in this thread, which cleans up after a failed commit as Iceberg's action does. */
public final class PlainRewriter implements PartitionRewriter {

    private final Predicate<Record> keeps;

    public PlainRewriter() {
        this(row -> true);
    }

    /** @param keeps the rows that it does not lose */
    PlainRewriter(Predicate<Record> keeps) {
        this.keeps = keeps;
    }

    @Override
    public void rewrite(Rewrite what) {
        Table table = what.table();
        RewriteFiles rewrite = table.newRewrite()
                // without it Iceberg looks at the whole history, which may have expired
                .validateFromSnapshot(table.currentSnapshot().snapshotId());
        what.properties().forEach(rewrite::set);
        try (CloseableIterable<FileScanTask> old =
                table.newScan().filter(what.rows()).planFiles()) {
            old.forEach(task -> rewrite.deleteFile(task.file()));
            List<DataFile> files = write(what);
            files.forEach(rewrite::addFile);
            try {
                rewrite.commit();
            } catch (RuntimeException e) {
                if (e instanceof CleanableFailure) {
                    files.forEach(file -> table.io().deleteFile(file.location()));
                }
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<DataFile> write(Rewrite what) throws IOException {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> found =
                IcebergGenerics.read(what.table()).where(what.rows()).build()) {
            found.forEach(rows::add);
        }
        rows.sort(Comparator.comparing(row -> row.getField(LakeColumns.LOG_TIME).toString()));
        LakeFiles files = new LakeFiles(what.table(), 0, 0);
        for (Record row : rows) {
            if (keeps.test(row)) {
                files.write(row);
            }
        }
        return Arrays.asList(files.complete());
    }
}
