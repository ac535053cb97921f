package io.github.redshiftquerylogs.declaration;

/**
 * A column of an export.
 *
 * @param name lower case, the same in the source and in the lake
 * @param type the type in the lake
 * @param blanks how trailing blanks are treated
 */
public record DeclaredColumn(String name, ColumnType type, Blanks blanks) {}
