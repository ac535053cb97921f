package io.github.redshiftquerylogs.sandbox.unload;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a statement into tokens: words, literals, quoted names and single signs; blanks and comments are skipped. In
 * literals a doubled quote is a quote and a backslash escapes, as in Redshift (PostgreSQL 8.0).
 */
public final class SqlTokens {

    /** The kind of a token. */
    public enum Kind {
        /** A name, keyword or number. */
        WORD,
        /** A literal; its text is the value, without quotes and escapes. */
        LITERAL,
        /** A name in double quotes; its text is the name. */
        QUOTED_NAME,
        /** One other character. */
        SIGN
    }

    /**
     * A token.
     *
     * @param kind its kind
     * @param text its text; for literals and quoted names the unquoted value
     * @param start its first position in the statement
     * @param end the position after its last character
     */
    public record Token(Kind kind, String text, int start, int end) {

        /** Whether it is this word; case is ignored. */
        public boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSign(char sign) {
            return kind == Kind.SIGN && text.charAt(0) == sign;
        }
    }

    private final String sql;
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    /**
     * All tokens of a statement.
     *
     * @throws UnloadRefusedException if a literal, a quoted name or a comment does not end
     */
    public static List<Token> of(String sql) throws UnloadRefusedException {
        SqlTokens tokens = new SqlTokens(sql);
        List<Token> found = new ArrayList<>();
        while (tokens.skipToNext()) {
            found.add(tokens.next());
        }
        return found;
    }

    /** Whether a statement begins with this word, apart from comments. */
    static boolean beginsWith(String sql, String word) {
        try {
            SqlTokens tokens = new SqlTokens(sql);
            return tokens.skipToNext()
                    && isPartOfWord(sql.charAt(tokens.at))
                    && tokens.next().isWord(word);
        } catch (UnloadRefusedException e) {
            // a comment that does not end; PostgreSQL reports it
            return false;
        }
    }

    private boolean skipToNext() throws UnloadRefusedException {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                if (end < 0) {
                    throw UnloadRefusedException.syntax("unterminated /* comment");
                }
                at = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private Token next() throws UnloadRefusedException {
        int start = at;
        char first = sql.charAt(at);
        if (first == '\'') {
            String text = quoted('\'', true);
            return new Token(Kind.LITERAL, text, start, at);
        }
        if (first == '"') {
            String text = quoted('"', false);
            return new Token(Kind.QUOTED_NAME, text, start, at);
        }
        do {
            at++;
        } while (isPartOfWord(first) && at < sql.length() && isPartOfWord(sql.charAt(at)));
        Kind kind = isPartOfWord(first) ? Kind.WORD : Kind.SIGN;
        return new Token(kind, sql.substring(start, at), start, at);
    }

    private String quoted(char quote, boolean backslashEscapes) throws UnloadRefusedException {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (at == sql.length() || sql.charAt(at) != quote) {
                    return text.toString();
                }
                at++;
                text.append(quote);
            } else if (c == '\\' && backslashEscapes && at < sql.length()) {
                text.append(escaped(sql.charAt(at++)));
            } else {
                text.append(c);
            }
        }
        throw UnloadRefusedException.syntax("unterminated quoted string");
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.';
    }
}
