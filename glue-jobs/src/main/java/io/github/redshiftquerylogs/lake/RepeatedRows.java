package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.Repeats;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that the lake has already, under an earlier run of their query id or in an earlier state, and leaves them out.
 *
 * <p>A query id can come back while the source still shows the rows of its first run, and not every table tells the rows
 * of the two runs apart. What is compared is whole rows, as multisets, without {@code log_time}; rows that change are
 * compared by their keys. As a rule no id comes back; then bounds in metadata answer, or a look at one column of a few
 * files.
 */
final class RepeatedRows {

    /** Longer than Redshift shows a row. */
    private static final Duration LOOK_BACK = Duration.ofDays(9);

    private final Table table;
    private final ClusterName cluster;
    private final Types.NestedField parent;
    private final List<String> compared;

    /** @param repeats how rows are recognised */
    RepeatedRows(Table table, ClusterName cluster, Repeats repeats) {
        this.table = table;
        this.cluster = cluster;
        this.parent = table.schema().findField(repeats.id());
        this.compared = repeats.compared().isEmpty()
                ? table.schema().columns().stream()
                        .map(Types.NestedField::name)
                        .filter(name -> !name.equals(LakeColumns.CLUSTER_NAME) && !name.equals(LakeColumns.LOG_TIME))
                        .toList()
                : repeats.compared();
    }

    /**
     * Leaves out what the lake has. If rows are left out, the rest is in new files, and the given files are no longer
     * needed.
     *
     * @param base the snapshot to compare with
     */
    NewRows of(LakePosition base, WrittenFiles written) {
        Optional<Expression> near = base.snapshotId().isEmpty() ? Optional.empty() : sameIds(written);
        if (near.isEmpty()) {
            return NewRows.all(written);
        }
        long snapshot = base.snapshotId().getAsLong();
        Set<Object> repeated = repeatedIds(snapshot, near.get(), written);
        if (repeated.isEmpty()) {
            return NewRows.all(written);
        }
        Map<List<@Nullable Object>, Integer> known = new HashMap<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .useSnapshot(snapshot)
                .where(near.get())
                .build()) {
            for (Record row : rows) {
                if (repeated.contains(id(row))) {
                    known.merge(content(row), 1, Integer::sum);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
        return rest(written, repeated, known);
    }

    /** The cluster's rows of recent days whose ids lie between those of the files; empty if the files have no ids. */
    private Optional<Expression> sameIds(WrittenFiles written) {
        List<Object> bounds = new ArrayList<>();
        for (DataFile file : written.files()) {
            bound(file.lowerBounds()).ifPresent(bounds::add);
            bound(file.upperBounds()).ifPresent(bounds::add);
        }
        if (bounds.isEmpty()) {
            return Optional.empty();
        }
        Comparator<Object> order = Comparators.forType(parent.type().asPrimitiveType());
        LocalDateTime since = written.maxLogTime().orElseThrow().minus(LOOK_BACK);
        return Optional.of(Expressions.and(
                new ClusterRows(table, cluster).after(Optional.of(since)),
                Expressions.greaterThanOrEqual(
                        parent.name(), bounds.stream().min(order).orElseThrow()),
                Expressions.lessThanOrEqual(
                        parent.name(), bounds.stream().max(order).orElseThrow())));
    }

    private Optional<Object> bound(@Nullable Map<Integer, ByteBuffer> bounds) {
        ByteBuffer bound = bounds == null ? null : bounds.get(parent.fieldId());
        return bound == null ? Optional.empty() : Optional.of(Conversions.fromByteBuffer(parent.type(), bound));
    }

    private Set<Object> repeatedIds(long snapshot, Expression near, WrittenFiles written) {
        Set<Object> repeated = new HashSet<>();
        if (new ClusterRows(table, cluster).files(snapshot, near).isEmpty()) {
            return repeated;
        }
        Set<Object> ids = new HashSet<>();
        Schema idOnly = table.schema().select(parent.name());
        written.files().forEach(file -> read(file, idOnly, row -> ids.add(id(row))));
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .useSnapshot(snapshot)
                .where(near)
                .select(parent.name())
                .build()) {
            for (Record row : rows) {
                if (ids.contains(id(row))) {
                    repeated.add(id(row));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + table.name(), e);
        }
        return repeated;
    }

    private NewRows rest(WrittenFiles written, Set<Object> repeated, Map<List<@Nullable Object>, Integer> known) {
        LakeFiles files = new LakeFiles(table, 0, 0);
        Rest rest = new Rest(repeated, known);
        try {
            for (DataFile file : written.files()) {
                read(file, table.schema(), row -> {
                    if (rest.isNew(row)) {
                        files.write(row);
                    }
                });
            }
            return new NewRows(
                    new WrittenFiles(List.of(files.complete()), rest.maxLogTime, written.replaced()),
                    repeated.size(),
                    rest.leftOut,
                    rest.added);
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write files of " + table.name(), e);
        } catch (RuntimeException e) {
            files.abort();
            throw e;
        }
    }

    /** Counts while the rows of a window pass. */
    private final class Rest {

        private final Set<Object> repeated;
        private final Map<List<@Nullable Object>, Integer> known;
        private long leftOut;
        private long added;
        private @Nullable LocalDateTime maxLogTime;

        Rest(Set<Object> repeated, Map<List<@Nullable Object>, Integer> known) {
            this.repeated = repeated;
            this.known = known;
        }

        boolean isNew(Record row) {
            if (repeated.contains(id(row))) {
                Integer left = known.computeIfPresent(content(row), (content, count) -> count - 1);
                if (left != null && left >= 0) {
                    leftOut++;
                    return false;
                }
                added++;
            }
            LocalDateTime logTime = (LocalDateTime) row.getField(LakeColumns.LOG_TIME);
            maxLogTime = maxLogTime == null || logTime.isAfter(maxLogTime) ? logTime : maxLogTime;
            return true;
        }
    }

    private interface RowConsumer {
        void accept(Record row) throws IOException;
    }

    private void read(DataFile file, Schema columns, RowConsumer consumer) {
        try (CloseableIterable<Record> rows = Parquet.read(table.io().newInputFile(file.location()))
                .project(columns)
                .createReaderFunc(found -> GenericParquetReaders.buildReader(columns, found))
                .build()) {
            for (Record row : rows) {
                consumer.accept(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.location(), e);
        }
    }

    private @Nullable Object id(Record row) {
        return widened(row.getField(parent.name()));
    }

    /** The values that are compared; null for a column that the snapshot did not have. */
    private List<@Nullable Object> content(Record row) {
        List<@Nullable Object> content = new ArrayList<>();
        compared.forEach(column -> content.add(widened(row.getField(column))));
        return content;
    }

    /** A snapshot is read with the column types of its own time. */
    private static @Nullable Object widened(@Nullable Object value) {
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }
}
