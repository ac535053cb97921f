package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** The snapshots of one cluster in a lake table, of one of its databases where the export is taken per database. */
public final class LakeSnapshots {

    private final Table table;
    private final ClusterRows cluster;
    private final FencedAppend append;
    private final Optional<String> database;

    LakeSnapshots(Table table, ClusterName cluster, Optional<String> database) {
        this.table = table;
        this.cluster = new ClusterRows(table, cluster);
        this.append = new FencedAppend(table, cluster);
        this.database = database;
    }

    /**
     * What a state of the table has.
     *
     * @param state the Iceberg snapshot; empty if the table has none
     * @param snapshots oldest first
     */
    public record Seen(OptionalLong state, List<TakenSnapshot> snapshots) {

        public Seen {
            snapshots = List.copyOf(snapshots);
        }

        /** The snapshot of a period; empty if it has none. */
        public Optional<TakenSnapshot> in(SnapshotRule.Period period) {
            return snapshots.stream()
                    .filter(taken -> period.contains(taken.takenAt()))
                    .findFirst();
        }
    }

    /**
     * The snapshots in the latest state of the table; reads their times.
     *
     * @param since the least {@code log_time}, inclusive, UTC
     */
    public Seen since(LocalDateTime since) {
        Snapshot state = refreshed();
        if (state == null) {
            return new Seen(OptionalLong.empty(), List.of());
        }
        TreeMap<LocalDateTime, Long> rows = new TreeMap<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .useSnapshot(state.snapshotId())
                .where(ofDatabase(cluster.since(since)))
                .select(LakeColumns.LOG_TIME)
                .build()) {
            records.forEach(row -> rows.merge((LocalDateTime) row.getField(LakeColumns.LOG_TIME), 1L, Long::sum));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
        return new Seen(
                OptionalLong.of(state.snapshotId()),
                rows.entrySet().stream()
                        .map(taken -> new TakenSnapshot(taken.getKey(), taken.getValue()))
                        .toList());
    }

    /**
     * Whether the latest state of the table may have rows of a period, by the bounds of its files, without reading them.
     * Where it has none, the answer is no, apart from names of databases that begin alike.
     */
    public boolean mayHave(SnapshotRule.Period period) {
        Snapshot state = refreshed();
        return state != null
                && !cluster.files(state.snapshotId(), within(period)).isEmpty();
    }

    /**
     * Appends the files of a snapshot unless rows of the same period were appended since.
     *
     * @param seen the state of the table when it was decided to take the snapshot
     * @throws IllegalStateException if that state has a snapshot of the period itself; nothing is committed
     */
    public AppendResult append(
            Seen seen, SnapshotRule.Period period, WrittenFiles written, Map<String, String> evidence) {
        seen.in(period).ifPresent(taken -> {
            throw new IllegalStateException("cannot append to " + table.name() + ": it has " + taken + " in " + period);
        });
        return append.commit(seen.state(), within(period), written.files(), evidence);
    }

    private Expression within(SnapshotRule.Period period) {
        return ofDatabase(cluster.between(period.from(), period.to()));
    }

    private Expression ofDatabase(Expression rows) {
        return database.<Expression>map(name -> Expressions.and(rows, Expressions.equal(SnapshotRule.DATABASE, name)))
                .orElse(rows);
    }

    private @Nullable Snapshot refreshed() {
        table.refresh();
        return table.currentSnapshot();
    }
}
