package io.github.redshiftquerylogs.declaration;

import java.util.Locale;

/** The types of columns in the lake. Athena knows no smaller integers and no padded text. */
public enum ColumnType {
    /** 32 bits. */
    INTEGER,
    /** 64 bits. */
    BIGINT,
    /** 64 bits, floating. */
    DOUBLE,
    /** True or false. */
    BOOLEAN,
    /** A day. */
    DATE,
    /** Microseconds, without zone: UTC. */
    TIMESTAMP,
    /** Text; anything without a type of its own is kept as text, so that nothing is rounded. */
    STRING;

    /** Whether every value of {@code other} fits into this type without loss; text holds everything. */
    public boolean holds(ColumnType other) {
        return this == other || this == STRING || ((this == BIGINT || this == DOUBLE) && other == INTEGER);
    }

    /** Whether a column of the lake can become {@code other}, as Iceberg allows it. */
    public boolean widensTo(ColumnType other) {
        return this == INTEGER && other == BIGINT;
    }

    /** As written in a declaration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
