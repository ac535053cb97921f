package io.github.redshiftquerylogs.declaration;

/**
 * A column of an export.
 *
 * @param name lower case, as in the source and in the lake
 * @param type its type in the lake
 * @param blanks what blanks at its end are
 */
public record DeclaredColumn(String name, ColumnType type, Blanks blanks) {}
