package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumnType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text for each value, so that rows can be compared across Java types, drivers and file formats.
 *
 * <ul>
 *   <li>Integers of any width: plain decimal. Floating point: as Java writes it. Boolean: {@code true} or {@code false}.
 *   <li>Timestamps: {@code 2026-11-21 02:18:00.000000}, always six decimals, no zone.
 *   <li>Fixed-length text: without the trailing blanks that pad it; fragments of statements
 *       ({@link SystemColumn#blanksAreData}) are left as they are.
 *   <li>Null stays null.
 * </ul>
 */
public final class CanonicalText {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private CanonicalText() {}

    /**
     * The text of a value that was read from source or lake.
     *
     * @throws IllegalArgumentException if its type does not fit the column
     */
    public static @Nullable String of(SystemColumn column, @Nullable Object value) {
        String text = plain(column, value);
        return text == null || column.type() != SystemColumnType.CHARACTER || column.blanksAreData()
                ? text
                : withoutTrailingBlanks(text);
    }

    /** The text that the source returns for a generated value: fragments are padded to the column's length. */
    static @Nullable String ofGenerated(SystemColumn column, @Nullable String generated) {
        String text = of(column, generated == null ? null : parse(column, generated));
        if (text == null || column.type() != SystemColumnType.CHARACTER || !column.blanksAreData()) {
            return text;
        }
        int missing = column.length() - text.codePointCount(0, text.length());
        return text + " ".repeat(Math.max(0, missing));
    }

    /** The text of a value without regard to blanks. */
    static @Nullable String plain(SystemColumn column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (column.type()) {
            case INTEGER, BIGINT -> {
                if (value instanceof Integer || value instanceof Long || value instanceof Short) {
                    yield Long.toString(((Number) value).longValue());
                }
                throw unfit(column, value);
            }
            case TIMESTAMP -> {
                if (value instanceof LocalDateTime time) {
                    yield MICROS.format(time);
                }
                throw unfit(column, value);
            }
            case NUMERIC -> {
                if (value instanceof BigDecimal || value instanceof Long) {
                    yield new BigDecimal(value.toString()).toBigIntegerExact().toString();
                }
                throw unfit(column, value);
            }
            case DOUBLE -> {
                if (value instanceof Double || value instanceof Float) {
                    yield Double.toString(((Number) value).doubleValue());
                }
                throw unfit(column, value);
            }
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    yield value.toString();
                }
                throw unfit(column, value);
            }
            case CHARACTER, TEXT -> {
                if (value instanceof String text) {
                    yield text;
                }
                throw unfit(column, value);
            }
        };
    }

    private static Object parse(SystemColumn column, String text) {
        return switch (column.type()) {
            case INTEGER, BIGINT, NUMERIC -> Long.valueOf(text);
            case TIMESTAMP -> LocalDateTime.parse(text, MICROS);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case CHARACTER, TEXT -> text;
        };
    }

    private static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static IllegalArgumentException unfit(SystemColumn column, Object value) {
        return new IllegalArgumentException("column " + column.name() + " is " + column.type() + ", but the value is a "
                + value.getClass().getName());
    }
}
