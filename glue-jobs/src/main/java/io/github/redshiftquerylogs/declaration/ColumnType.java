package io.github.redshiftquerylogs.declaration;

import java.util.Locale;

/** Column types of the lake. Athena has no smaller integers and no padded text. */
public enum ColumnType {
    /** 32-bit integer. */
    INTEGER,
    /** 64-bit integer. */
    BIGINT,
    /** 64-bit floating point. */
    DOUBLE,
    /** True or false. */
    BOOLEAN,
    /** A calendar day. */
    DATE,
    /** Microseconds without a time zone, read as UTC. */
    TIMESTAMP,
    /** Text. Source types without a counterpart here are stored as text, so that no value is rounded. */
    STRING;

    /** Whether a column of this type stores every value of {@code other} without loss; STRING stores all types. */
    public boolean holds(ColumnType other) {
        return this == other || this == STRING || ((this == BIGINT || this == DOUBLE) && other == INTEGER);
    }

    /** Whether Iceberg allows changing a column of this type to {@code other} without rewriting data. */
    public boolean widensTo(ColumnType other) {
        return this == INTEGER && other == BIGINT;
    }

    /** The name as written in a declaration: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
