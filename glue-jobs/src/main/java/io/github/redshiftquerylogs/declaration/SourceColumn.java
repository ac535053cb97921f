package io.github.redshiftquerylogs.declaration;

import java.io.Serializable;

/**
 * A column that a query gives.
 *
 * @param name lower case
 * @param type the type that holds all its values
 * @param padded whether its values are filled up with blanks (CHAR)
 * @param width the bytes that they are filled up to; 0 if they are not, or nobody says
 */
public record SourceColumn(String name, ColumnType type, boolean padded, int width) implements Serializable {

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html */
    private static final int LONGEST_CHAR = 4096;

    /** A column whose values are not filled up. */
    public SourceColumn(String name, ColumnType type) {
        this(name, type, false, 0);
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
