package io.github.redshiftquerylogs.sandbox.unload;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column of an unloaded query: its types in Parquet and in the manifest, and the conversion of its values.
 *
 * @param parquet name and type in the files
 * @param manifestType type as the manifest names it
 * @param copy copies the value of a row to a record
 */
record UnloadColumn(Type parquet, ManifestType manifestType, Copy copy) {

    private static final int DECIMAL_BYTES = 16;
    private static final int LARGEST_PRECISION = 38;

    /**
     * A type in the manifest.
     *
     * @param base such as {@code character varying}
     * @param dimensions length, or precision and scale; none for other types
     */
    record ManifestType(String base, List<Integer> dimensions) {}

    /** Copies one value. */
    @FunctionalInterface
    interface Copy {
        void to(Group record, int field, ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Getter<T> {
        @Nullable T get(ResultSet row, int column) throws SQLException;
    }

    @FunctionalInterface
    private interface Adder<T> {
        void add(Group record, int field, T value);
    }

    static List<UnloadColumn> of(ResultSetMetaData metadata, TimestampEncoding timestamps) throws SQLException {
        List<UnloadColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(of(metadata, i, timestamps));
        }
        return columns;
    }

    private static UnloadColumn of(ResultSetMetaData metadata, int i, TimestampEncoding timestamps)
            throws SQLException {
        String name = metadata.getColumnLabel(i);
        int length = metadata.getPrecision(i);
        String type = metadata.getColumnTypeName(i);
        return switch (type) {
            case "int2" ->
                column(name, INT32, null, "smallint", (row, c) -> row.getObject(c, Integer.class), Group::add);
            case "int4", "serial" ->
                column(name, INT32, null, "integer", (row, c) -> row.getObject(c, Integer.class), Group::add);
            case "int8", "bigserial" ->
                column(name, INT64, null, "bigint", (row, c) -> row.getObject(c, Long.class), Group::add);
            case "float4" -> column(name, FLOAT, null, "real", (row, c) -> row.getObject(c, Float.class), Group::add);
            case "float8" ->
                column(name, DOUBLE, null, "double precision", (row, c) -> row.getObject(c, Double.class), Group::add);
            case "bool" ->
                column(name, BOOLEAN, null, "boolean", (row, c) -> row.getObject(c, Boolean.class), Group::add);
            case "date" ->
                column(
                        name,
                        INT32,
                        LogicalTypeAnnotation.dateType(),
                        "date",
                        (row, c) -> row.getObject(c, LocalDate.class),
                        (record, field, value) -> record.add(field, Math.toIntExact(value.toEpochDay())));
            case "timestamp" -> timestamp(name, timestamps);
            case "timestamptz" ->
                column(
                        name,
                        INT64,
                        LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS),
                        "timestamp with time zone",
                        (row, c) -> row.getObject(c, OffsetDateTime.class),
                        (record, field, value) -> record.add(
                                field,
                                micros(value.withOffsetSameInstant(ZoneOffset.UTC)
                                        .toLocalDateTime())));
            case "numeric" -> decimal(name, length, metadata.getScale(i));
            case "bpchar" -> text(name, new ManifestType("character", List.of(length)));
            // PostgreSQL reports 2^31-1 for a type without a length; Redshift's VARCHAR then has 256
            case "varchar", "text", "name" ->
                text(name, new ManifestType("character varying", List.of(length > 65_535 ? 256 : length)));
            default ->
                throw UnloadRefusedException.notSupported(
                        "UNLOAD of column " + name + " of type " + type + " is not supported by the stand-in");
        };
    }

    private static <T> UnloadColumn column(
            String name,
            PrimitiveTypeName type,
            @Nullable LogicalTypeAnnotation meaning,
            String base,
            Getter<T> getter,
            Adder<T> adder) {
        return column(Types.optional(type).as(meaning).named(name), new ManifestType(base, List.of()), getter, adder);
    }

    private static <T> UnloadColumn column(Type parquet, ManifestType type, Getter<T> getter, Adder<T> adder) {
        return new UnloadColumn(parquet, type, (record, field, row) -> {
            T value = getter.get(row, field + 1);
            if (value != null) {
                adder.add(record, field, value);
            }
        });
    }

    private static UnloadColumn text(String name, ManifestType type) {
        Type parquet =
                Types.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
        return column(parquet, type, ResultSet::getString, Group::add);
    }

    private static UnloadColumn timestamp(String name, TimestampEncoding encoding) {
        String base = "timestamp without time zone";
        Getter<LocalDateTime> getter = (row, c) -> row.getObject(c, LocalDateTime.class);
        return switch (encoding) {
            case INT64_MICROS ->
                column(
                        name,
                        INT64,
                        LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS),
                        base,
                        getter,
                        (record, field, value) -> record.add(field, micros(value)));
            case INT96 ->
                column(name, INT96, null, base, getter, (record, field, value) -> record.add(field, int96(value)));
        };
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
    }

    private static Binary int96(LocalDateTime time) {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(time.toLocalTime().toNanoOfDay());
        bytes.putInt(Math.toIntExact(time.getLong(JulianFields.JULIAN_DAY)));
        return Binary.fromConstantByteArray(bytes.array());
    }

    /** A NUMERIC without precision, such as a sum, is NUMERIC(38,0) in Redshift. */
    private static UnloadColumn decimal(String name, int declaredPrecision, int scale) {
        int precision = declaredPrecision == 0 ? LARGEST_PRECISION : declaredPrecision;
        Type parquet = Types.optional(FIXED_LEN_BYTE_ARRAY)
                .length(DECIMAL_BYTES)
                .as(LogicalTypeAnnotation.decimalType(scale, precision))
                .named(name);
        return column(
                parquet,
                new ManifestType("numeric", List.of(precision, scale)),
                ResultSet::getBigDecimal,
                (record, field, value) -> record.add(field, unscaled(value, scale)));
    }

    private static Binary unscaled(BigDecimal value, int scale) {
        byte[] shortest =
                value.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue().toByteArray();
        byte[] bytes = new byte[DECIMAL_BYTES];
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, DECIMAL_BYTES - shortest.length, shortest.length);
        return Binary.fromConstantByteArray(bytes);
    }
}
