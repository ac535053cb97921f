package io.github.redshiftquerylogs.declaration;

/** What blanks at the end of a text column are. */
public enum Blanks {
    /** Padding of a CHAR column: removed. */
    PADDING,
    /** Part of the text, as in fragments of a statement: kept; removing them would glue words together. */
    DATA
}
