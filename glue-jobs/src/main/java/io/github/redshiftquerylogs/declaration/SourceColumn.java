package io.github.redshiftquerylogs.declaration;

import java.io.Serializable;

/**
 * A column that a query gives.
 *
 * @param name its name in the lake, see {@link ColumnNames}
 * @param type the type that holds all its values
 * @param padded whether its values are filled up with blanks (CHAR)
 * @param width the bytes that they are filled up to; 0 if they are not, or nobody says
 * @param label its name in the source, which may be any text
 * @param typeKnown whether the driver knows the type in the source; if not, values are texts
 */
public record SourceColumn(String name, ColumnType type, boolean padded, int width, String label, boolean typeKnown)
        implements Serializable {

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html */
    private static final int LONGEST_CHAR = 4096;

    /** A column whose values are not filled up. */
    public SourceColumn(String name, ColumnType type) {
        this(name, type, false, 0);
    }

    /** A column of the same name in source and lake. */
    public SourceColumn(String name, ColumnType type, boolean padded, int width) {
        this(name, type, padded, width, name, true);
    }

    /** The same column of the source under another name in the lake. */
    public SourceColumn named(String other) {
        return new SourceColumn(other, type, padded, width, label, typeKnown);
    }

    /** Whether the lake has another name for the column than the source. */
    public boolean isRenamed() {
        return !name.equals(label);
    }

    /** A column of a type that the driver does not know. */
    public static SourceColumn ofUnknownType(String name) {
        return new SourceColumn(name, ColumnType.STRING, false, 0, name, false);
    }

    /**
     * A CHAR column.
     *
     * @param width as a driver or a service says it; anything that no CHAR can have counts as not said
     */
    public static SourceColumn padded(String name, int width) {
        return new SourceColumn(name, ColumnType.STRING, true, width > 0 && width <= LONGEST_CHAR ? width : 0);
    }
}
