package io.github.redshiftquerylogs.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.ReplacedValue;
import io.github.redshiftquerylogs.redshift.SourceRows;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowConversionTest {

    private static final Schema LAKE = new Schema(
            Types.NestedField.optional(1, "label", Types.StringType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()));
    private static final List<SourceColumn> CHARS = List.of(
            new SourceColumn("label", ColumnType.STRING, true, 8),
            new SourceColumn("text", ColumnType.STRING, true, 8));

    /** One row. */
    private record TestingRows(
            List<SourceColumn> columns,
            @Nullable Object label,
            @Nullable Object text) implements SourceRows {

        @Override
        public boolean next() {
            return true;
        }

        @Override
        public @Nullable Object value(int index, ColumnType type) {
            return index == 0 ? label : text;
        }
    }

    private static Record copy(List<SourceColumn> columns, @Nullable String label, @Nullable String text) {
        Record row = GenericRecord.create(LAKE);
        new RowConversion(LAKE, columns, Set.of("text"), Set.of()).copy(new TestingRows(columns, label, text), row);
        return row;
    }

    @Test
    void paddingIsNoPartOfAText() {
        assertThat(copy(CHARS, "etl     ", "").getField("label")).isEqualTo("etl");
    }

    @ParameterizedTest
    @CsvSource({
        "'select  ', 'select  '",
        "select, 'select  '",
        "'', '        '",
        "'sélect', 'sélect '",
        "12345678, 12345678"
    })
    void significantBlanksAreRestoredToTheColumnWidth(String given, String kept) {
        assertThat(copy(CHARS, "", given).getField("text")).isEqualTo(kept);
    }

    @Test
    void textsOfAColumnOfUnknownWidthAreUnchanged() {
        List<SourceColumn> unknown = List.of(
                new SourceColumn("label", ColumnType.STRING), new SourceColumn("text", ColumnType.STRING, true, 0));
        Record row = copy(unknown, "etl ", "from ");
        assertThat(row.getField("label")).as("VARCHAR").isEqualTo("etl ");
        assertThat(row.getField("text")).isEqualTo("from ");
    }

    @Test
    void nullStaysNull() {
        assertThat(copy(CHARS, null, null).getField("text")).isNull();
    }

    @Test
    void aReplacedValueIsCountedUnderItsColumn() {
        RowConversion conversion = new RowConversion(LAKE, CHARS, Set.of("text"), Set.of());
        Record row = GenericRecord.create(LAKE);
        ReplacedValue broken = ReplacedValue.ofBytes("a\uFFFDb");
        ReplacedValue unreadable = new ReplacedValue(null, "that are not readable");
        conversion.copy(new TestingRows(CHARS, broken, unreadable), row);
        conversion.copy(new TestingRows(CHARS, broken, "text"), row);
        assertThat(row.getField("label")).isEqualTo("a\uFFFDb");
        assertThat(conversion.replaced().notes())
                .containsExactly(
                        "column label has values " + broken.reason() + ": 2 values",
                        "column text has values " + unreadable.reason() + ": 1 value");
    }

    /** A drift in the middle of a run: the columns were described before. */
    @ParameterizedTest
    @ValueSource(strings = {"another", "cluster_name"})
    void aColumnWithoutAPlaceInTheLakeIsRefused(String name) {
        Schema lake = new Schema(
                Types.NestedField.optional(1, "cluster_name", Types.StringType.get()),
                Types.NestedField.optional(2, "label", Types.StringType.get()));
        List<SourceColumn> changed = List.of(new SourceColumn(name, ColumnType.STRING));
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> new RowConversion(lake, changed, Set.of(), Set.of()))
                .withMessage("the source's column " + name
                        + " changed while it was read: expected the columns that it had before");
    }

    @Test
    void timesAtTheEdgesOfTheLakeStayAndOthersAreCountedAndNull() {
        Schema schema = new Schema(
                Types.NestedField.optional(1, "at", Types.TimestampType.withoutZone()),
                Types.NestedField.optional(2, "day", Types.DateType.get()));
        List<SourceColumn> columns =
                List.of(new SourceColumn("at", ColumnType.TIMESTAMP), new SourceColumn("day", ColumnType.DATE));
        LocalDateTime last = LocalDateTime.parse("+294247-01-10T04:00:54.775807");
        for (LocalDateTime kept : List.of(
                last,
                LocalDateTime.parse("-290308-12-21T19:59:05.224192"),
                LocalDateTime.parse("0001-01-01T00:00:00"),
                LocalDateTime.parse("9999-12-31T23:59:59.999999"))) {
            RowConversion conversion = new RowConversion(schema, columns, Set.of(), Set.of());
            assertThat(copy(conversion, schema, columns, kept, kept.toLocalDate())
                            .getField("at"))
                    .isEqualTo(kept);
            assertThat(conversion.replaced().notes()).isEmpty();
        }
        RowConversion conversion = new RowConversion(schema, columns, Set.of(), Set.of());
        for (LocalDateTime beyond : List.of(LocalDateTime.MIN, LocalDateTime.MAX, last.plusNanos(1_000))) {
            assertThat(copy(conversion, schema, columns, beyond, LocalDate.MAX).getField("at"))
                    .isNull();
        }
        assertThat(conversion.replaced().notes())
                .containsExactly(
                        "column at has values beyond the times that the lake holds, such as infinity, replaced by null: 3"
                                + " values",
                        "column day has values beyond the times that the lake holds, such as infinity, replaced by null: 3"
                                + " values");
    }

    private static Record copy(
            RowConversion conversion, Schema schema, List<SourceColumn> columns, LocalDateTime at, LocalDate day) {
        Record row = GenericRecord.create(schema);
        conversion.copy(
                new SourceRows() {
                    @Override
                    public List<SourceColumn> columns() {
                        return columns;
                    }

                    @Override
                    public boolean next() {
                        return true;
                    }

                    @Override
                    public Object value(int index, ColumnType type) {
                        return index == 0 ? at : day;
                    }
                },
                row);
        return row;
    }
}
