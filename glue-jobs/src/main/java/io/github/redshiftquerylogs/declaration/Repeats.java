package io.github.redshiftquerylogs.declaration;

import java.util.List;

/**
 * How rows are recognised that the lake has already.
 *
 * @param id the column by whose values they are looked up
 * @param compared the columns that are compared; empty: all of the source's
 */
public record Repeats(String id, List<String> compared) {}
