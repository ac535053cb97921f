package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.UnloadException;
import io.github.redshiftquerylogs.lake.LakeColumns;
import io.github.redshiftquerylogs.redshift.SourceRows;
import io.github.redshiftquerylogs.redshift.SourceValue;
import io.github.redshiftquerylogs.unload.UnloadManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetValueReader;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The rows of unloaded Parquet files, file by file. Each file must have as many rows as the manifest says. */
final class UnloadedRows implements SourceRows, AutoCloseable {

    private final FileIO io;
    private final List<SourceColumn> columns;
    private final Schema schema;
    private final Iterator<UnloadManifest.File> files;

    private UnloadManifest.@Nullable File file;
    private @Nullable CloseableIterable<Record> open;
    private Iterator<Record> records = List.<Record>of().iterator();
    private @Nullable Record current;
    private long read;

    UnloadedRows(FileIO io, List<UnloadManifest.File> files, List<SourceColumn> columns) {
        this.io = io;
        this.columns = columns;
        this.files = files.iterator();
        this.schema = schema(columns, Set.of());
    }

    /**
     * @param singles columns of single precision, which are read as such: widened to double, 1.1 becomes
     *     1.100000023841858
     */
    private static Schema schema(List<SourceColumn> columns, Set<String> singles) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (SourceColumn column : columns) {
            fields.add(Types.NestedField.optional(
                    fields.size() + 1,
                    column.name(),
                    singles.contains(column.name()) ? Types.FloatType.get() : LakeColumns.icebergType(column.type())));
        }
        return new Schema(fields);
    }

    @Override
    public List<SourceColumn> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        while (!hasRecord()) {
            close();
            if (!files.hasNext()) {
                return false;
            }
            open(files.next());
        }
        current = records.next();
        read++;
        return true;
    }

    /**
     * Whether the current file has another row; compares the number of rows with the manifest at the end of the file.
     */
    private boolean hasRecord() {
        boolean more = records.hasNext();
        if (!more && file != null && read != file.rows()) {
            throw new UnloadException("unloaded file " + file.url() + " has " + read + " rows: expected " + file.rows()
                    + ", as its manifest says");
        }
        return more;
    }

    private void open(UnloadManifest.File next) {
        file = next;
        read = 0;
        InputFile input = io.newInputFile(next.url());
        if (!input.exists()) {
            throw new UnloadException(
                    "unloaded file " + next.url() + " does not exist: expected it, because its manifest lists it");
        }
        CloseableIterable<Record> rows = Parquet.read(input)
                .project(schema)
                // Redshift's files have no field ids
                .withNameMapping(MappingUtil.create(schema))
                .createReaderFunc(found -> reader(next, found))
                .build();
        open = rows;
        records = rows.iterator();
    }

    /**
     * Requires exactly the expected columns: a missing one would be read as null, an unexpected one would be lost.
     * Iceberg matches columns by id; ids are assigned by exact name, unless the file has ids of its own.
     */
    private ParquetValueReader<?> reader(UnloadManifest.File next, MessageType found) {
        Set<String> names = new HashSet<>();
        Set<String> singles = new HashSet<>();
        boolean placed = true;
        for (Type field : found.getFields()) {
            String name = field.getName();
            names.add(name);
            Types.NestedField expected = schema.findField(name);
            placed &= expected != null && field.getId() != null && field.getId().intValue() == expected.fieldId();
            if (field.isPrimitive() && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
                singles.add(name);
            }
        }
        Set<String> expected = new HashSet<>();
        columns.forEach(column -> expected.add(column.name()));
        if (!names.equals(expected) || !placed) {
            throw new UnloadException(
                    "unloaded file " + next.url() + " has the columns " + found.getFields() + ": expected " + expected
                            + ", as the cluster described them before, without ids or in this order");
        }
        return GenericParquetReaders.buildReader(schema(columns, singles), found);
    }

    @Override
    public @Nullable Object value(int index, ColumnType type) {
        if (current == null) {
            throw new IllegalStateException("no row");
        }
        try {
            // INT96 is read with an offset even if its column has no zone; the type of the column decides
            Object own = SourceValue.of(columns.get(index).type(), current.get(index));
            return SourceValue.ofService(type, own);
        } catch (RuntimeException e) {
            throw new UnloadException("unloaded column " + columns.get(index).name() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close an unloaded file", e);
        } finally {
            open = null;
            file = null;
            records = List.<Record>of().iterator();
        }
    }
}
