package io.github.redshiftquerylogs.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.UnloadException;
import io.github.redshiftquerylogs.lake.LakeRange;
import io.github.redshiftquerylogs.redshift.ReplacedValue;
import io.github.redshiftquerylogs.unload.UnloadManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values are matched to columns by name, whatever the layout of the file. */
class UnloadedRowsTest {

    private static final List<SourceColumn> COLUMNS =
            List.of(new SourceColumn("query", ColumnType.INTEGER), new SourceColumn("pid", ColumnType.INTEGER));

    @TempDir
    private Path folder;

    private List<Object> read(String columns) throws IOException {
        Path file = folder.resolve("0000_part_00.parquet");
        MessageType schema = MessageTypeParser.parseMessageType("message unloaded { " + columns + " }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            Group row = new SimpleGroup(schema);
            for (int i = 0; i < schema.getFieldCount(); i++) {
                row.add(i, schema.getFieldName(i).equalsIgnoreCase("query") ? 7 : 8);
            }
            writer.write(row);
        }
        List<Object> values = new ArrayList<>();
        try (UnloadedRows rows = new UnloadedRows(
                new HadoopFileIO(new Configuration(false)),
                List.of(new UnloadManifest.File(file.toUri().toString(), 1)),
                COLUMNS)) {
            while (rows.next()) {
                values.add(rows.value(0, ColumnType.INTEGER));
                values.add(rows.value(1, ColumnType.INTEGER));
            }
        }
        return values;
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        assertThat(read("optional int32 query; optional int32 pid;")).containsExactly(7, 8);
        folder.resolve("0000_part_00.parquet").toFile().delete();
        assertThat(read("optional int32 pid; optional int32 query;")).containsExactly(7, 8);
    }

    @Test
    void idsThatSomeWritersGiveInTheOrderOfTheColumnsDoNoHarm() throws IOException {
        assertThat(read("optional int32 query = 1; optional int32 pid = 2;")).containsExactly(7, 8);
    }

    @Test
    void idsThatWouldPutValuesIntoOtherColumnsAreRefused() {
        refused("optional int32 query = 2; optional int32 pid = 1;");
        refused("optional int32 query = 0; optional int32 pid = 1;");
    }

    @Test
    void columnThatIsSpeltInAnotherWayIsNotReadAsNull() {
        refused("optional int32 Query; optional int32 pid;");
    }

    @Test
    void timeWithoutZoneHasNoneAsTextEither() throws IOException {
        // the day 2440589 is the second of January 1970
        byte[] time = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putInt(2_440_589)
                .array();
        Path file = folder.resolve("0000_part_00.parquet");
        MessageType schema = MessageTypeParser.parseMessageType("message unloaded { optional int96 at; }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            writer.write(new SimpleGroup(schema).append("at", Binary.fromConstantByteArray(time)));
        }
        assertThat(text(file, ColumnType.TIMESTAMP)).isEqualTo("1970-01-02 00:00:00");
        assertThat(text(file, ColumnType.STRING)).isEqualTo("1970-01-02 00:00:00+00");
    }

    /** Redshift's last day, and bytes that are no UTF-8. */
    @Test
    void valuesThatTheLakeCannotTakeAreRead() throws IOException {
        byte[] time = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putInt((int) LocalDate.parse("+294276-12-31").getLong(JulianFields.JULIAN_DAY))
                .array();
        Path file = folder.resolve("0000_part_00.parquet");
        MessageType schema = MessageTypeParser.parseMessageType(
                "message unloaded { optional int96 at; optional binary text (UTF8); optional int64 clock (TIME(MICROS,false)); }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            writer.write(new SimpleGroup(schema)
                    .append("at", Binary.fromConstantByteArray(time))
                    .append("text", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xe2}))
                    .append("clock", 3_600_000_000L));
        }
        try (UnloadedRows rows = new UnloadedRows(
                new HadoopFileIO(new Configuration(false)),
                List.of(new UnloadManifest.File(file.toUri().toString(), 1)),
                List.of(
                        new SourceColumn("at", ColumnType.TIMESTAMP),
                        new SourceColumn("text", ColumnType.STRING),
                        new SourceColumn("clock", ColumnType.STRING)))) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.value(0, ColumnType.TIMESTAMP)).isEqualTo(LocalDateTime.parse("+294276-12-31T00:00:00"));
            assertThat(LakeRange.holds(rows.value(0, ColumnType.TIMESTAMP))).isFalse();
            assertThat(rows.value(1, ColumnType.STRING)).isEqualTo(ReplacedValue.ofBytes("a\uFFFD"));
            assertThat(rows.value(2, ColumnType.STRING)).isEqualTo("01:00:00");
        }
    }

    private static @Nullable Object text(Path file, ColumnType described) {
        try (UnloadedRows rows = new UnloadedRows(
                new HadoopFileIO(new Configuration(false)),
                List.of(new UnloadManifest.File(file.toUri().toString(), 1)),
                List.of(new SourceColumn("at", described)))) {
            assertThat(rows.next()).isTrue();
            return rows.value(0, ColumnType.STRING);
        }
    }

    @Test
    void columnsThatAreMissingOrNewAreRefused() {
        refused("optional int32 query;");
        refused("optional int32 query; optional int32 pid; optional int32 userid;");
    }

    private void refused(String columns) {
        folder.resolve("0000_part_00.parquet").toFile().delete();
        folder.resolve(".0000_part_00.parquet.crc").toFile().delete();
        assertThatThrownBy(() -> read(columns))
                .isInstanceOf(UnloadException.class)
                .hasMessageContaining("expected [query, pid], as the cluster described them before");
    }
}
