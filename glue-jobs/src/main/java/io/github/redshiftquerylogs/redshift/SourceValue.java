package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Converts values of the Data API and of Parquet files to those that JDBC returns; pure. */
public final class SourceValue {

    private static final char REPLACEMENT = '\uFFFD';

    /** The text format of a timestamp in Redshift: a fraction without trailing zeros. */
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private SourceValue() {}

    /**
     * Converts a value of a service or a file that replaces bytes that are no UTF-8 by itself; gives a {@link ReplacedValue}
     * if the value cannot be taken over as it is.
     *
     * @throws IllegalArgumentException if the value is of a kind that no column of this type has
     */
    public static @Nullable Object ofService(ColumnType type, @Nullable Object value) {
        try {
            Object converted = of(type, value);
            return converted instanceof String text && text.indexOf(REPLACEMENT) >= 0
                    ? ReplacedValue.ofBytes(text)
                    : converted;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return ReplacedValue.unreadable(type);
        }
    }

    /**
     * Converts a value.
     *
     * @param type a type that holds all values of the column
     * @param value a number, a text, bytes, a boolean, a date or a time without zone; a time with an offset is converted to
     *     UTC
     * @throws IllegalArgumentException if the value is of a kind that no column of this type has
     * @throws DateTimeException if it is no time
     * @throws ArithmeticException if it does not fit the type
     */
    public static @Nullable Object of(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case INTEGER -> Math.toIntExact(whole(type, value));
            case BIGINT -> whole(type, value);
            case DOUBLE -> {
                if (value instanceof Float single) {
                    // by its decimal digits, as drivers do: 1.1f becomes 1.1
                    yield Double.parseDouble(single.toString());
                }
                yield value instanceof Number number ? number.doubleValue() : Double.parseDouble(text(value));
            }
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    yield value;
                }
                throw unexpected(type, value);
            }
            case DATE -> value instanceof LocalDate ? value : SourceTime.date(text(value));
            case TIMESTAMP -> time(value);
            case STRING -> text(value);
        };
    }

    private static long whole(ColumnType type, Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw unexpected(type, value);
    }

    private static LocalDateTime time(Object value) {
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        return SourceTime.timestamp(text(value));
    }

    private static String text(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "t" : "f";
        }
        if (value instanceof LocalDateTime time) {
            return TIMESTAMP.format(time);
        }
        if (value instanceof OffsetDateTime time) {
            // of a column with a zone; sessions are in UTC
            return TIMESTAMP.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + "+00";
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (value instanceof ByteBuffer bytes) {
            // VARBYTE, as Redshift shows it
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof LocalDate) {
            return value.toString();
        }
        throw unexpected(ColumnType.STRING, value);
    }

    private static IllegalArgumentException unexpected(ColumnType type, Object value) {
        return new IllegalArgumentException(
                "a value of " + value.getClass().getSimpleName() + ": expected one of a column of type " + type);
    }
}
