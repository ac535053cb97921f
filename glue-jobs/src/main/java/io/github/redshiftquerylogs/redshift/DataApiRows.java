package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnNames;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.redshiftdata.model.ColumnMetadata;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;

/** The rows of a result that the Data API stores, page by page. */
final class DataApiRows implements SourceRows {

    private static final Set<String> PADDED = Set.of("bpchar", "char", "character");

    private final Function<@Nullable String, GetStatementResultResponse> pages;
    private final List<SourceColumn> columns;
    private final long expected;
    private @Nullable String nextPage;
    private Iterator<List<Field>> records;
    private List<Field> current = List.of();
    private long read;

    /**
     * Requests the first page.
     *
     * @param pages returns the page of a token; the first page for null
     * @param expected the number of rows in the result
     */
    DataApiRows(Function<@Nullable String, GetStatementResultResponse> pages, long expected) {
        this.pages = pages;
        this.expected = expected;
        GetStatementResultResponse first = pages.apply(null);
        this.columns = ColumnNames.assign(
                first.columnMetadata().stream().map(DataApiRows::column).toList());
        this.nextPage = first.nextToken();
        this.records = first.records().iterator();
    }

    private static SourceColumn column(ColumnMetadata metadata) {
        String name = metadata.label() == null ? metadata.name() : metadata.label();
        String type = metadata.typeName().toLowerCase(Locale.ROOT);
        return PADDED.contains(type)
                ? SourceColumn.padded(name, metadata.precision() == null ? 0 : metadata.precision())
                : new SourceColumn(name, type(type));
    }

    /** The column type of a type name, as {@code pg_type} or SQL spells it. */
    static ColumnType type(String name) {
        return switch (name) {
            case "int2", "smallint", "int4", "integer", "int" -> ColumnType.INTEGER;
            case "int8", "bigint", "oid" -> ColumnType.BIGINT;
            case "float4", "real", "float8", "double precision", "float" -> ColumnType.DOUBLE;
            case "bool", "boolean" -> ColumnType.BOOLEAN;
            case "date" -> ColumnType.DATE;
            case "timestamp", "timestamp without time zone" -> ColumnType.TIMESTAMP;
            default -> ColumnType.STRING;
        };
    }

    @Override
    public List<SourceColumn> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        while (!records.hasNext()) {
            if (nextPage == null || nextPage.isEmpty()) {
                requireAll();
                return false;
            }
            GetStatementResultResponse page = pages.apply(nextPage);
            nextPage = page.nextToken();
            records = page.records().iterator();
        }
        current = records.next();
        read++;
        return true;
    }

    private void requireAll() {
        if (read != expected) {
            throw SourceException.of(
                    FailureCategory.SOURCE,
                    "a result has " + read + " rows: expected " + expected + ", as the Data API said of its statement");
        }
    }

    @Override
    public @Nullable Object value(int index, ColumnType type) {
        try {
            return SourceValue.ofService(type, raw(current.get(index)));
        } catch (RuntimeException e) {
            throw SourceException.of(
                    FailureCategory.SOURCE,
                    "column " + columns.get(index).name() + " of the result: " + e.getMessage());
        }
    }

    private static @Nullable Object raw(Field field) {
        if (Boolean.TRUE.equals(field.isNull())) {
            return null;
        }
        if (field.blobValue() != null) {
            return field.blobValue().asByteBuffer();
        }
        for (Object value :
                new Object[] {field.stringValue(), field.longValue(), field.doubleValue(), field.booleanValue()}) {
            if (value != null) {
                return value;
            }
        }
        throw new IllegalArgumentException("neither a value nor null");
    }
}
