package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.DateTimeUtil;

/** The table {@code clusters}, for one cluster. Rows are appended only, by the same fence as all rows. */
public final class ClusterTable {

    private final Table table;
    private final ClusterName cluster;

    ClusterTable(Table table, ClusterName cluster) {
        this.table = table;
        this.cluster = cluster;
    }

    /**
     * Appends a record if it differs from the cluster's last one. If the append is refused because of a concurrent one,
     * the next run compares again.
     *
     * @param seenAt when the metadata was current, UTC
     * @return whether a row was appended
     */
    public boolean record(ClusterRecord state, LocalDateTime seenAt, Map<String, String> evidence) {
        LakePosition base = new ClusterRows(table, cluster).position(Optional.empty());
        Optional<LocalDateTime> newest = base.maxLogTime();
        if (newest.isPresent() && (!seenAt.isAfter(newest.get()) || !differs(state, newest.get()))) {
            return false;
        }
        Record row = GenericRecord.create(table.schema());
        row.setField(LakeColumns.CLUSTER_NAME, cluster.value());
        row.setField(LakeColumns.LOG_TIME, seenAt);
        state.copyTo(row);
        LakeFiles files = new LakeFiles(table, 0, 0);
        try {
            files.write(row);
            AppendResult result = new FencedAppend(table, cluster).commit(base, List.of(files.complete()), evidence);
            return result instanceof AppendResult.Committed;
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write a row of " + table.name(), e);
        }
    }

    private boolean differs(ClusterRecord state, LocalDateTime newest) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(Expressions.and(
                        Expressions.equal(LakeColumns.CLUSTER_NAME, cluster.value()),
                        Expressions.equal(LakeColumns.LOG_TIME, DateTimeUtil.microsFromTimestamp(newest))))
                .build()) {
            for (Record row : rows) {
                if (state.differsFrom(row)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
    }
}
