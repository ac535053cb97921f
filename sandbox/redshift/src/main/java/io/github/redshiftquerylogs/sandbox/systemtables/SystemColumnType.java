package io.github.redshiftquerylogs.sandbox.systemtables;

import java.util.Locale;

/** The types that occur in the system tables. */
public enum SystemColumnType {
    INTEGER,
    BIGINT,
    /** Without a zone, microseconds. */
    TIMESTAMP,
    /** Of fixed length, padded with blanks. */
    CHARACTER;

    static SystemColumnType of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "integer" -> INTEGER;
            case "bigint" -> BIGINT;
            case "timestamp" -> TIMESTAMP;
            case "character", "char" -> CHARACTER;
            default -> throw new IllegalArgumentException("unknown column type '" + name + "'");
        };
    }
}
