package io.github.redshiftquerylogs.statement;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A statement as its text tells. This is the only place that decides what a statement is.
 *
 * @param kind what it does
 * @param target the object that it changes
 * @param shape the text without comments, with {@code ?} for literals, in lower case and with uniform white space; equal for
 *     statements that differ in these only. Empty if the text has nothing but white space and comments. Of a text that is
 *     cut off, as Redshift cuts {@code querytxt} at 4,000 characters, it is the shape of what is left: statements that
 *     differ behind the cut have one shape, and literals of other lengths move the cut.
 */
public record Statement(StatementKind kind, StatementTarget target, Optional<String> shape) {

    /**
     * Increases when the same text gets another kind, target or shape. Rows of different versions should not be compared
     * by shape.
     */
    public static final int VERSION = 1;

    /** Redshift cuts {@code querytxt} at this number of bytes. */
    static final int STORED_BYTES = 4000;

    /**
     * Reads a text. Never fails: what is not recognised is {@link StatementKind#OTHER}.
     *
     * @param stored the text as Redshift stores it: line breaks, tabs and returns may be the two characters {@code \n},
     *     {@code \t} and {@code \r}; blanks at the end may be padding
     */
    public static Statement of(String stored) {
        List<Token> tokens = Lexer.tokens(stored.stripTrailing());
        if (tokens.isEmpty()) {
            return new Statement(StatementKind.OTHER, StatementTarget.NONE, Optional.empty());
        }
        StatementReader reader = new StatementReader(tokens, isCut(stored));
        StatementKind kind = reader.kind();
        return new Statement(
                kind, reader.target(kind), Optional.of(Shape.of(tokens)).filter(shape -> !shape.isEmpty()));
    }

    /** Fewer than four bytes may be missing: a character is not cut in two. */
    private static boolean isCut(String stored) {
        return stored.length() > STORED_BYTES - 4
                || (stored.length() > STORED_BYTES / 4
                        && stored.getBytes(StandardCharsets.UTF_8).length > STORED_BYTES - 4);
    }
}
