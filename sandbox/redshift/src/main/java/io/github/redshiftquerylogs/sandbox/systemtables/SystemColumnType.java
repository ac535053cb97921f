package io.github.redshiftquerylogs.sandbox.systemtables;

import java.util.Locale;

/** The types that occur in the system tables. */
public enum SystemColumnType {
    INTEGER,
    BIGINT,
    /** 64-bit floating point. */
    DOUBLE,
    /** Without decimals; may have more digits than a {@link #BIGINT}. */
    NUMERIC,
    BOOLEAN,
    /** Without a zone, microseconds. */
    TIMESTAMP,
    /** Of fixed length, padded with blanks. */
    CHARACTER,
    /** Text of any length, without padding. */
    TEXT;

    static SystemColumnType of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "integer" -> INTEGER;
            case "bigint" -> BIGINT;
            case "double precision" -> DOUBLE;
            case "numeric" -> NUMERIC;
            case "boolean" -> BOOLEAN;
            case "timestamp" -> TIMESTAMP;
            case "character", "char" -> CHARACTER;
            case "text", "varchar" -> TEXT;
            default -> throw new IllegalArgumentException("unknown column type '" + name + "'");
        };
    }
}
