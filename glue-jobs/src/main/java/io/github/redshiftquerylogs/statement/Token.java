package io.github.redshiftquerylogs.statement;

/**
 * A part of a statement that is neither white space nor comment.
 *
 * @param text of a word, in lower case; of a quoted name, without quotes and in lower case; of a text literal, its
 *     content; otherwise as written
 * @param closed false if the text of the statement ends within the token
 */
record Token(Type type, String text, boolean closed) {

    enum Type {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED,
        /** A text in single quotes or dollar quotes. */
        TEXT,
        /** A number, or a placeholder such as {@code $1}. */
        VALUE,
        /** An operator or punctuation. */
        SYMBOL
    }

    boolean isWord(String word) {
        return type == Type.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return type == Type.WORD || type == Type.QUOTED;
    }

    boolean isLiteral() {
        return type == Type.TEXT || type == Type.VALUE;
    }
}
