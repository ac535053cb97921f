package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import java.io.Serializable;

/**
 * A column that a query gives.
 *
 * @param name lower case
 * @param type the type that holds all its values
 * @param padded whether its values are filled up with blanks (CHAR)
 */
public record SourceColumn(String name, ColumnType type, boolean padded) implements Serializable {}
