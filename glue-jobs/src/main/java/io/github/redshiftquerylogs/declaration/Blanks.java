package io.github.redshiftquerylogs.declaration;

/** How trailing blanks of a text column are treated. */
public enum Blanks {
    /** Padding of a CHAR column: removed. */
    PADDING,
    /** Part of the value, as in fragments of a statement: kept, because a blank at the end may separate two words. */
    DATA
}
