package io.github.redshiftquerylogs.lake;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.data.Record;

/**
 * The values of a row as bytes that do not depend on when the row was read: pairs of name and value in the order of the
 * names, without columns that are null. A column that was added later, or widened, changes nothing for older rows.
 */
final class CanonicalRow {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    /**
     * A column.
     *
     * @param lake its name in the lake
     * @param name its name in the bytes
     */
    record Column(String lake, String name) {}

    private final List<Column> columns;

    CanonicalRow(Collection<Column> columns) {
        this.columns = columns.stream()
                .sorted(Comparator.comparing(Column::name).thenComparing(Column::lake))
                .toList();
    }

    /** The digest of the pairs of a row. */
    Hash hash(Record row) {
        StringBuilder pairs = new StringBuilder();
        for (Column column : columns) {
            Object value = row.getField(column.lake());
            if (value != null) {
                String text = text(value);
                // the length tells where a value ends, whatever it contains
                pairs.append(column.name())
                        .append('=')
                        .append(text.length())
                        .append(':')
                        .append(text)
                        .append(';');
            }
        }
        return Hash.of(pairs.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The same text for a value in each type that its column can be widened to. */
    private static String text(Object value) {
        return value instanceof LocalDateTime time ? MICROS.format(time) : value.toString();
    }
}
