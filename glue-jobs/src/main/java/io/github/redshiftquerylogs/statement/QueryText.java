package io.github.redshiftquerylogs.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Splits the SQL of a declaration into parts, and refuses every text that two databases could read differently: where a
 * comment, a text or a name ends must be certain. {@link Lexer} in contrast accepts every text, because it reads what users
 * ran.
 */
final class QueryText {

    /** What the SQL of a query consists of outside of quotes and comments, beside names and numbers. */
    private static final String SYMBOLS = "()[],.:+-*/<>=~!@%^&|";

    private final String sql;
    private final List<Part> parts = new ArrayList<>();
    private int at;
    private int line = 1;

    private QueryText(String sql) {
        this.sql = sql;
    }

    enum Type {
        /** A keyword or a name without quotes, in lower case. */
        WORD,
        /** A name in double quotes. */
        QUOTED,
        /** A text in single quotes. */
        TEXT,
        NUMBER,
        /** One character. */
        SYMBOL,
        /** {@code :from} or {@code :to}. */
        BOUND
    }

    /**
     * A part of a query.
     *
     * @param line the line that it begins in, from 1
     */
    record Part(Type type, String text, int line) {

        boolean is(String word) {
            return type == Type.WORD && text.equals(word);
        }

        boolean isSymbol(char symbol) {
            return type == Type.SYMBOL && text.charAt(0) == symbol;
        }
    }

    /** Thrown inside of this package only; its text says what was found and what is expected. */
    static final class UncertainException extends Exception {

        private static final long serialVersionUID = 1;

        private final int line;

        UncertainException(int line, String text) {
            super(text);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** @throws UncertainException if it is not certain where a part ends, or a character belongs to no query */
    static List<Part> parts(String sql) throws UncertainException {
        QueryText text = new QueryText(sql);
        while (text.at < sql.length()) {
            text.next();
        }
        return text.parts;
    }

    private void next() throws UncertainException {
        char c = sql.charAt(at);
        if (" \t\r\n\f".indexOf(c) >= 0) {
            skip(at + 1);
        } else if (sql.startsWith("--", at)) {
            lineComment();
        } else if (sql.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'') {
            quoted('\'', Type.TEXT, "a text in single quotes");
        } else if (c == '"') {
            quoted('"', Type.QUOTED, "a name in double quotes");
        } else if (isDigit(c)) {
            number();
        } else if (isNameStart(c)) {
            int end = at;
            while (end < sql.length() && (isNameStart(sql.charAt(end)) || isDigit(sql.charAt(end)))) {
                end++;
            }
            add(Type.WORD, end);
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) throws UncertainException {
        Optional<String> bound = List.of(":from", ":to").stream()
                .filter(name -> sql.startsWith(name, at) && !isNamePart(at + name.length()) && !follows(':'))
                .findFirst();
        if (bound.isPresent()) {
            add(Type.BOUND, at + bound.get().length());
        } else if (c == ';') {
            throw uncertain("';'", "one query without ';'");
        } else if (c == '$') {
            throw uncertain("'$' outside of quotes", "texts in single quotes: no dollar quotes and no placeholders");
        } else if (SYMBOLS.indexOf(c) >= 0) {
            add(Type.SYMBOL, at + 1);
        } else {
            throw uncertain("the character " + named(c), "a query, which has none outside of quotes");
        }
    }

    private static String named(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private boolean follows(char c) {
        return at > 0 && sql.charAt(at - 1) == c;
    }

    private void lineComment() throws UncertainException {
        int end = at;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        refuseBackslash(end);
        skip(end);
    }

    private void blockComment() throws UncertainException {
        int end = sql.indexOf("*/", at + 2);
        if (end < 0) {
            throw uncertain("a comment without its end", "'*/' after '/*'");
        }
        int nested = sql.indexOf("/*", at + 2);
        if (nested >= 0 && nested < end) {
            throw uncertain("a comment within a comment", "comments that are not nested");
        }
        refuseBackslash(end);
        skip(end + 2);
    }

    private void quoted(char quote, Type type, String what) throws UncertainException {
        int end = at + 1;
        while (end < sql.length() && (sql.charAt(end) != quote || isDoubled(end, quote))) {
            end += sql.charAt(end) == quote ? 2 : 1;
        }
        if (end >= sql.length()) {
            throw uncertain(what + " without its end", "the closing quote");
        }
        refuseBackslash(end);
        String content = sql.substring(at + 1, end);
        if (content.contains(":from") || content.contains(":to")) {
            throw uncertain("a bound, :from or :to, in " + what, "bounds outside of quotes");
        }
        add(type, end + 1);
    }

    private boolean isDoubled(int place, char quote) {
        return place + 1 < sql.length() && sql.charAt(place + 1) == quote;
    }

    /** In quotes it protects the next character or does not, depending on the database and its settings. */
    private void refuseBackslash(int end) throws UncertainException {
        if (sql.substring(at, end).indexOf('\\') >= 0) {
            throw uncertain("a backslash", "none, because databases read it differently; chr(92) is one");
        }
    }

    private void number() {
        int end = digits(at);
        if (end < sql.length() && sql.charAt(end) == '.') {
            end = digits(end + 1);
        }
        add(Type.NUMBER, end);
    }

    private int digits(int from) {
        int end = from;
        while (end < sql.length() && isDigit(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(Type type, int end) {
        String text = sql.substring(at, end);
        parts.add(new Part(type, type == Type.WORD ? text.toLowerCase(Locale.ROOT) : text, line));
        skip(end);
    }

    private void skip(int end) {
        line += (int) sql.substring(at, end).chars().filter(c -> c == '\n').count();
        at = end;
    }

    private UncertainException uncertain(String found, String expected) {
        return new UncertainException(line, "has " + found + ": expected " + expected);
    }

    private boolean isNamePart(int place) {
        return place < sql.length() && (isNameStart(sql.charAt(place)) || isDigit(sql.charAt(place)));
    }

    /** {@code #} begins the names of temporary tables. */
    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '#' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
