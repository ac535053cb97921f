package io.github.redshiftquerylogs.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits the text of a statement into tokens, in one pass. Accepts every text: whatever is open at its end, such as a
 * literal that was cut off, ends there.
 *
 * <p>The text is read as Redshift stores it: line breaks, tabs and returns may be the two characters {@code \n}, {@code \t}
 * and {@code \r}. Within a literal, a backslash protects the next character, as in Redshift.
 */
final class Lexer {

    private static final String OPERATORS = "<>=!|&~^%*/@`";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        int blank = blank(at);
        if (blank > 0) {
            at += blank;
        } else if (text.startsWith("--", at)) {
            lineComment();
        } else if (text.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'') {
            textLiteral();
        } else if (c == '"') {
            quotedName();
        } else if (c == '$' && dollar()) {
            return;
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)) && !followsName())) {
            number();
        } else if (isNameStart(c)) {
            word();
        } else {
            symbol(c);
        }
    }

    /** The length of the white space at a place: 0, 1, or 2 for an escape. */
    private int blank(int place) {
        char c = text.charAt(place);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0) {
            return 1;
        }
        return c == '\\' && "ntr".indexOf(charAt(place + 1)) >= 0 ? 2 : 0;
    }

    private void lineComment() {
        while (at < text.length()) {
            char c = text.charAt(at);
            char escaped = c == '\\' ? charAt(at + 1) : c;
            if (c == '\n' || c == '\r' || (c == '\\' && (escaped == 'n' || escaped == 'r'))) {
                return;
            }
            at += c == '\\' && escaped == '\\' ? 2 : 1;
        }
    }

    /** Block comments may be nested. */
    private void blockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private void textLiteral() {
        StringBuilder content = new StringBuilder();
        boolean closed = false;
        for (at++; at < text.length() && !closed; at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                // the backslash of \n stays: the content is read as a statement again, see Shape
                content.append("ntr\\".indexOf(charAt(at + 1)) >= 0 ? "\\" : "").append(text.charAt(++at));
            } else if (c != '\'') {
                content.append(c);
            } else if (charAt(at + 1) == '\'') {
                content.append(text.charAt(++at));
            } else {
                closed = true;
            }
        }
        add(Token.Type.TEXT, content.toString(), closed);
    }

    private void quotedName() {
        StringBuilder name = new StringBuilder();
        boolean closed = false;
        for (at++; at < text.length() && !closed; at++) {
            char c = text.charAt(at);
            if (c != '"') {
                name.append(c);
            } else if (charAt(at + 1) == '"') {
                name.append(text.charAt(++at));
            } else {
                closed = true;
            }
        }
        add(Token.Type.QUOTED, lower(name.toString()), closed);
    }

    /** A placeholder {@code $1}, or a text in dollar quotes; false if it is neither. */
    private boolean dollar() {
        int end = at + 1;
        while (end < text.length() && isNamePart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        boolean numbered = isDigit(charAt(at + 1));
        if (numbered) {
            add(Token.Type.VALUE, text.substring(at, end), true);
            at = end;
            return true;
        }
        if (charAt(end) != '$') {
            return false;
        }
        String quote = text.substring(at, end + 1);
        int close = text.indexOf(quote, end + 1);
        add(Token.Type.TEXT, text.substring(end + 1, close < 0 ? text.length() : close), close >= 0);
        at = close < 0 ? text.length() : close + quote.length();
        return true;
    }

    private void number() {
        int start = at;
        if (text.charAt(at) == '0' && (charAt(at + 1) == 'x' || charAt(at + 1) == 'X')) {
            at += 2;
            while (Character.digit(charAt(at), 16) >= 0) {
                at++;
            }
        } else {
            digits();
            if (charAt(at) == '.') {
                at++;
                digits();
            }
            int exponent = charAt(at + 1) == '+' || charAt(at + 1) == '-' ? at + 2 : at + 1;
            if ((charAt(at) == 'e' || charAt(at) == 'E') && isDigit(charAt(exponent))) {
                at = exponent;
                digits();
            }
        }
        add(Token.Type.VALUE, text.substring(start, at), true);
    }

    private void digits() {
        while (isDigit(charAt(at))) {
            at++;
        }
    }

    private void word() {
        int start = at;
        do {
            at++;
        } while (at < text.length() && isNamePart(text.charAt(at)) && blank(at) == 0);
        String word = lower(text.substring(start, at));
        if (charAt(at) == '\'' && word.length() == 1 && "ebxn".contains(word)) {
            // the prefix of a literal, as in E'…'
            textLiteral();
        } else {
            add(Token.Type.WORD, word, true);
        }
    }

    private void symbol(char c) {
        int start = at++;
        if (c == ':') {
            at += charAt(at) == ':' ? 1 : 0;
        } else if (OPERATORS.indexOf(c) >= 0) {
            while (OPERATORS.indexOf(charAt(at)) >= 0 && !text.startsWith("/*", at)) {
                at++;
            }
        }
        String symbol = text.substring(start, at);
        add(symbol.equals("?") ? Token.Type.VALUE : Token.Type.SYMBOL, symbol, true);
    }

    private void add(Token.Type type, String content, boolean closed) {
        tokens.add(new Token(type, content, closed));
    }

    private boolean followsName() {
        return at > 0 && (isNamePart(text.charAt(at - 1)) || text.charAt(at - 1) == '"');
    }

    /** The character at a place; the text is followed by a NUL. */
    private char charAt(int place) {
        return place < text.length() ? text.charAt(place) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '#' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
