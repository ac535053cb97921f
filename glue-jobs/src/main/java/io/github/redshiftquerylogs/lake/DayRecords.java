package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * Records about days of a cluster that are being written: their {@code log_time} is the begin of the day. They become part
 * of the table only by {@link #append}.
 */
public final class DayRecords implements AutoCloseable {

    private final Table table;
    private final ClusterName cluster;
    private final Set<LocalDate> days = new TreeSet<>();
    private final LakeFiles files;
    private boolean complete;

    DayRecords(Table table, ClusterName cluster) {
        this.table = table;
        this.cluster = cluster;
        this.files = new LakeFiles(table, 0, 0);
    }

    /**
     * Writes a record about a day.
     *
     * @param values some of its values, by column
     * @param more the others
     */
    public void write(LocalDate day, Map<String, Object> values, Map<String, Object> more) {
        days.add(day);
        Record row = GenericRecord.create(table.schema());
        row.setField(LakeColumns.CLUSTER_NAME, cluster.value());
        row.setField(LakeColumns.LOG_TIME, day.atStartOfDay());
        values.forEach(row::setField);
        more.forEach(row::setField);
        try {
            files.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write rows of " + table.name(), e);
        }
    }

    /**
     * Appends the records in one commit, unless records of this cluster and of one of their days were appended since
     * {@code base}.
     *
     * @param base the position when it was decided what to append
     * @param evidence properties of the new snapshot
     */
    public AppendResult append(LakePosition base, Map<String, String> evidence) {
        ClusterRows rows = new ClusterRows(table, cluster);
        Expression fence = days.stream()
                .map(day -> rows.between(day.atStartOfDay(), day.plusDays(1).atStartOfDay()))
                .reduce(Expressions.alwaysFalse(), Expressions::or);
        complete = true;
        try {
            return new FencedAppend(table, cluster)
                    .commit(base.snapshotId(), fence, List.of(files.complete()), evidence);
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write rows of " + table.name(), e);
        }
    }

    /** Deletes the files if the records were not appended. */
    @Override
    public void close() {
        if (!complete) {
            files.abort();
        }
    }
}
