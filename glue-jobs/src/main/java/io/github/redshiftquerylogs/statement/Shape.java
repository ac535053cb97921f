package io.github.redshiftquerylogs.statement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Prints tokens with {@code ?} for literals and with uniform white space. */
final class Shape {

    /** Behind these no blank follows. */
    private static final Set<String> OPENING = Set.of("(", ".", "::", "[");

    private static final String LITERAL = "?";
    /** Words behind which a sign belongs to a number, and which are not names of functions before a parenthesis. */
    private static final Set<String> KEYWORDS = Set.of(
            "select",
            "distinct",
            "all",
            "any",
            "some",
            "top",
            "from",
            "join",
            "using",
            "on",
            "where",
            "and",
            "or",
            "not",
            "in",
            "like",
            "ilike",
            "between",
            "is",
            "case",
            "when",
            "then",
            "else",
            "by",
            "having",
            "limit",
            "offset",
            "values",
            "set",
            "return",
            "as",
            "into",
            "exists",
            "union",
            "except",
            "intersect",
            "minus",
            "over",
            "with",
            "to",
            "unload",
            "copy",
            "interval",
            "default",
            "only");

    private Shape() {}

    /** The shape; empty text if nothing but semicolons is left. */
    static String of(List<Token> tokens) {
        return print(folded(literalsReplaced(tokens)));
    }

    /** Symbols, words, and {@link #LITERAL} for each literal with its sign. */
    private static List<String> literalsReplaced(List<Token> tokens) {
        List<String> parts = new ArrayList<>();
        BitSet signs = signsOfNumbers(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isLiteral()) {
                parts.add(isUnloaded(tokens, i) ? "'" + of(Lexer.tokens(token.text())) + "'" : LITERAL);
            } else if (!signs.get(i)) {
                parts.add(token.type() == Token.Type.QUOTED ? quoted(token.text()) : token.text());
            }
        }
        while (!parts.isEmpty() && parts.get(parts.size() - 1).equals(";")) {
            parts.remove(parts.size() - 1);
        }
        return parts;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The query of UNLOAD is a literal, but two queries are two shapes. */
    private static boolean isUnloaded(List<Token> tokens, int i) {
        return i == 2
                && tokens.get(i).type() == Token.Type.TEXT
                && tokens.get(1).isSymbol("(")
                && tokens.get(0).isWord("unload");
    }

    /** The signs that belong to a number; of several signs in a row only the first may be an operator. */
    private static BitSet signsOfNumbers(List<Token> tokens) {
        BitSet signs = new BitSet();
        for (int i = tokens.size() - 2; i >= 0; i--) {
            boolean beforeNumber = tokens.get(i + 1).type() == Token.Type.VALUE || signs.get(i + 1);
            signs.set(i, isSign(tokens.get(i)) && beforeNumber);
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (signs.get(i) && !isSign(tokens.get(i - 1)) && endsOperand(tokens.get(i - 1))) {
                signs.clear(i);
            }
        }
        return signs;
    }

    private static boolean isSign(Token token) {
        return token.isSymbol("-") || token.isSymbol("+");
    }

    private static boolean endsOperand(Token token) {
        return switch (token.type()) {
            case QUOTED, TEXT, VALUE -> true;
            case WORD -> !KEYWORDS.contains(token.text());
            case SYMBOL -> token.text().equals(")") || token.text().equals("]");
        };
    }

    /** Lists of literals behind IN become one, and so do equal rows behind VALUES. */
    private static List<String> folded(List<String> parts) {
        List<String> folded = new ArrayList<>();
        int i = 0;
        while (i < parts.size()) {
            String part = parts.get(i++);
            folded.add(part);
            if (part.equals("in")) {
                i = foldList(parts, i, folded);
            } else if (part.equals("values")) {
                i = foldRows(parts, i, folded);
            }
        }
        return folded;
    }

    private static int foldList(List<String> parts, int from, List<String> folded) {
        int i = from;
        if (i + 1 >= parts.size()
                || !parts.get(i).equals("(")
                || !parts.get(i + 1).equals(LITERAL)) {
            return from;
        }
        i += 2;
        while (i < parts.size()
                && parts.get(i).equals(",")
                && (i + 1 == parts.size() || parts.get(i + 1).equals(LITERAL))) {
            i = Math.min(i + 2, parts.size());
        }
        folded.add("(");
        folded.add(LITERAL);
        return i;
    }

    private static int foldRows(List<String> parts, int from, List<String> folded) {
        int end = endOfRow(parts, from);
        List<String> row = parts.subList(from, end);
        folded.addAll(row);
        int i = end;
        while (!row.isEmpty() && i < parts.size() && parts.get(i).equals(",")) {
            int next = endOfRow(parts, i + 1);
            List<String> other = parts.subList(i + 1, next);
            boolean begun =
                    next == parts.size() && other.size() < row.size() && other.equals(row.subList(0, other.size()));
            if (!other.equals(row) && !begun) {
                return i;
            }
            i = next;
        }
        return i;
    }

    /** Behind the parenthesis that closes the one at {@code from}; {@code from} if there is none. */
    private static int endOfRow(List<String> parts, int from) {
        int depth = 0;
        for (int i = from; i < parts.size(); i++) {
            depth += parts.get(i).equals("(") ? 1 : parts.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i == from ? from : i + 1;
            }
        }
        return parts.size();
    }

    private static String print(List<String> parts) {
        StringBuilder shape = new StringBuilder();
        String before = "(";
        for (String part : parts) {
            if (!joins(before, part)) {
                shape.append(' ');
            }
            shape.append(part);
            before = part;
        }
        return shape.toString();
    }

    /** Whether no blank stands between two parts. */
    private static boolean joins(String before, String part) {
        return switch (part) {
            case ",", ";", ")", ".", "::", "]", "[" -> true;
            case "(" -> isFunction(before);
            default -> OPENING.contains(before);
        };
    }

    private static boolean isFunction(String before) {
        char last = before.charAt(before.length() - 1);
        return (OPENING.contains(before) && !before.equals("["))
                || (!KEYWORDS.contains(before) && (Character.isLetterOrDigit(last) || last == '_' || last == '"'));
    }
}
