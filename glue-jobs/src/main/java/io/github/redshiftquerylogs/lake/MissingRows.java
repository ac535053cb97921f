package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a past window that the source shows and the lake does not have, by key as multisets: of each key, as
 * many rows are missing as the source has more.
 *
 * <p>By keys and not by whole rows, because values may have changed since the export, and columns may have got another type
 * or name. A row whose key the lake has at another time is not missing but moved: its end was corrected. Rows of a parent
 * whose key has no time of its own are compared as a whole for that, because query ids come back.
 *
 * <p>The keys are compared in parts, by their hash, so the memory does not grow with the window.
 */
final class MissingRows {

    /** Longer than a source shows a row. */
    private static final Duration LOOK_AROUND = Duration.ofDays(8);

    private final Table table;
    private final ClusterRows clusterRows;
    private final CanonicalRow key;
    private final CanonicalRow content;
    /** What stays the same in a row that moves. */
    private final CanonicalRow identity;

    private final long rowsOfAPart;

    /** @param rowsOfAPart about how many rows are compared at a time */
    MissingRows(Table table, ClusterName cluster, ExportDeclaration declaration, long rowsOfAPart) {
        this.table = table;
        this.clusterRows = new ClusterRows(table, cluster);
        this.rowsOfAPart = rowsOfAPart;
        SourceColumns columns = SourceColumns.of(table.schema(), declaration);
        this.key = new CanonicalRow(columns.named(declaration.key()));
        this.content = new CanonicalRow(columns.withoutLogTime());
        boolean keyHasTime = declaration.columns().stream()
                .anyMatch(column -> column.type() == ColumnType.TIMESTAMP
                        && declaration.key().contains(column.name()));
        this.identity = keyHasTime || declaration.parent().isEmpty() ? key : content;
    }

    /**
     * Writes the missing rows into new files; the given ones are not changed.
     *
     * @param base the snapshot to compare with
     * @param window the window of the rows
     * @param shown the rows that the source shows of it
     */
    LateRows of(LakePosition base, Window window, WrittenFiles shown) {
        int parts = (int) (shown.rows() / rowsOfAPart) + 1;
        LakeFiles files = new LakeFiles(table, 0, 0);
        Found found = new Found(files);
        try {
            for (int part = 0; part < parts; part++) {
                new Part(base, window, shown.files(), part, parts).find(found);
            }
            return new LateRows(
                    new WrittenFiles(List.of(files.complete()), found.maxLogTime, shown.replaced()),
                    Optional.ofNullable(found.minLogTime),
                    found.moved,
                    found.changed);
        } catch (IOException e) {
            files.abort();
            throw new UncheckedIOException("cannot write files of " + table.name(), e);
        } catch (RuntimeException e) {
            files.abort();
            throw e;
        }
    }

    private static final class Found {

        private final LakeFiles files;
        private long moved;
        private long changed;
        private @Nullable LocalDateTime minLogTime;
        private @Nullable LocalDateTime maxLogTime;

        Found(LakeFiles files) {
            this.files = files;
        }

        void missing(Record row) throws IOException {
            LocalDateTime logTime = (LocalDateTime) row.getField(LakeColumns.LOG_TIME);
            minLogTime = minLogTime == null || logTime.isBefore(minLogTime) ? logTime : minLogTime;
            maxLogTime = maxLogTime == null || logTime.isAfter(maxLogTime) ? logTime : maxLogTime;
            files.write(row);
        }
    }

    /** The rows of a key. */
    private static final class Rows {

        /** Rows of the source without those of the lake. */
        private long missing;
        /** The contents of the source's rows without those of the lake's. */
        private Hash contents = Hash.ZERO;
        /** The contents of the lake's rows. */
        private final Map<Hash, Integer> known = new HashMap<>(1);

        private boolean isChanged() {
            return missing == 0 && !contents.equals(Hash.ZERO);
        }
    }

    /** The keys of one part. */
    private final class Part {

        private final LakePosition base;
        private final Window window;
        private final List<DataFile> shown;
        private final int part;
        private final int parts;
        private final Map<Hash, Rows> keys = new HashMap<>();

        Part(LakePosition base, Window window, List<DataFile> shown, int part, int parts) {
            this.base = base;
            this.window = window;
            this.shown = shown;
            this.part = part;
            this.parts = parts;
        }

        void find(Found found) throws IOException {
            count();
            found.changed += keys.values().stream().filter(Rows::isChanged).count();
            keys.values().removeIf(rows -> rows.missing <= 0);
            if (keys.isEmpty()) {
                return;
            }
            Map<Hash, Integer> elsewhere = learn();
            readShown(row -> {
                Rows rows = keys.get(key.hash(row));
                // rows that the lake has as they are do not stand for missing ones
                if (rows == null || take(rows.known, content.hash(row)) || rows.missing == 0) {
                    return;
                }
                rows.missing--;
                if (take(elsewhere, identity.hash(row))) {
                    found.moved++;
                } else {
                    found.missing(row);
                }
            });
        }

        private void count() throws IOException {
            readShown(row -> {
                Hash hash = key.hash(row);
                if (hash.part(parts) == part) {
                    Rows rows = keys.computeIfAbsent(hash, absent -> new Rows());
                    rows.missing++;
                    rows.contents = rows.contents.plus(content.hash(row));
                }
            });
            readLake(clusterRows.between(next(window.from()), next(window.to())), row -> {
                Rows rows = keys.get(key.hash(row));
                if (rows != null) {
                    rows.missing--;
                    rows.contents = rows.contents.minus(content.hash(row));
                }
            });
        }

        /** Learns which contents the lake has of the keys; returns the identities of rows that it has at other times. */
        private Map<Hash, Integer> learn() throws IOException {
            Set<Hash> sought = new HashSet<>();
            readShown(row -> {
                if (keys.containsKey(key.hash(row))) {
                    sought.add(identity.hash(row));
                }
            });
            Map<Hash, Integer> elsewhere = new HashMap<>();
            Expression around = clusterRows.between(
                    window.from().minus(LOOK_AROUND), window.to().plus(LOOK_AROUND));
            readLake(around, row -> {
                if (!window.contains((LocalDateTime) row.getField(LakeColumns.LOG_TIME))) {
                    Hash hash = identity.hash(row);
                    if (sought.contains(hash)) {
                        elsewhere.merge(hash, 1, Integer::sum);
                    }
                    return;
                }
                Rows rows = keys.get(key.hash(row));
                if (rows != null) {
                    rows.known.merge(content.hash(row), 1, Integer::sum);
                }
            });
            return elsewhere;
        }

        private void readLake(Expression where, RowConsumer consumer) throws IOException {
            if (base.snapshotId().isEmpty()) {
                return;
            }
            try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                    .useSnapshot(base.snapshotId().getAsLong())
                    .where(where)
                    .build()) {
                for (Record row : rows) {
                    consumer.accept(row);
                }
            }
        }

        private void readShown(RowConsumer consumer) throws IOException {
            for (DataFile file : shown) {
                try (CloseableIterable<Record> rows = Parquet.read(table.io().newInputFile(file.location()))
                        .project(table.schema())
                        .createReaderFunc(found -> GenericParquetReaders.buildReader(table.schema(), found))
                        .build()) {
                    for (Record row : rows) {
                        consumer.accept(row);
                    }
                }
            }
        }
    }

    private static boolean take(Map<Hash, Integer> counts, Hash hash) {
        Integer left = counts.computeIfPresent(hash, (found, count) -> count - 1);
        return left != null && left >= 0;
    }

    private static LocalDateTime next(LocalDateTime time) {
        return time.plus(1, ChronoUnit.MICROS);
    }

    private interface RowConsumer {
        void accept(Record row) throws IOException;
    }
}
