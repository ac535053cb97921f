package io.github.redshiftquerylogs.statement;

import io.github.redshiftquerylogs.statement.QueryText.Part;
import io.github.redshiftquerylogs.statement.QueryText.UncertainException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a text is one query and nothing else, so that it can stand within the parentheses of a derived table: it cannot
 * close them, and what runs only reads. Functions are taken from a list, {@link ReadingFunctions}, because what a function
 * of somebody else does is not to be seen in its name. Pure.
 *
 * <p>It keeps a mistake in a declaration from doing damage. It is no sandbox: who may write declarations reads what the
 * database user may read.
 */
public final class QueryCheck {

    /** Words that begin a statement that writes, where PostgreSQL takes one within a query: in {@code with}, or behind it. */
    private static final Set<String> WRITES = Set.of("delete", "insert", "merge", "update");

    private final List<Part> parts;
    private final List<Finding> findings = new ArrayList<>();

    private QueryCheck(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Something that is not allowed.
     *
     * @param line the line of the text, from 1
     * @param text what was found and what is expected; a sentence without its subject, which is the query
     */
    public record Finding(int line, String text) {}

    /** All that is wrong with a text; empty if it is one query and nothing else. */
    public static List<Finding> of(String sql) {
        try {
            QueryCheck check = new QueryCheck(QueryText.parts(sql));
            check.run();
            return List.copyOf(check.findings);
        } catch (UncertainException e) {
            return List.of(new Finding(e.line(), String.valueOf(e.getMessage())));
        }
    }

    private void run() {
        Optional<Part> first =
                parts.stream().filter(part -> !part.isSymbol('(')).findFirst();
        if (first.isEmpty()) {
            findings.add(new Finding(1, "is empty: expected one query"));
            return;
        }
        if (!first.get().is("select") && !first.get().is("with")) {
            find(
                    first.get(),
                    "begins with '" + first.get().text() + "'",
                    "one query, which begins with select or with");
        }
        checkParentheses();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.is("into")) {
                find(part, "has 'into'", "a query that creates no table");
            } else if (part.is("for") && isAt(i + 1, Set.of("update", "share", "no", "key"))) {
                find(part, "has 'for " + parts.get(i + 1).text() + "'", "a query that locks nothing");
            } else if (opensOrFollowsSubquery(i) && isAt(i + 1, WRITES)) {
                find(
                        parts.get(i + 1),
                        "has '" + part.text() + " " + parts.get(i + 1).text() + "'",
                        "queries only");
            } else if (part.isSymbol('(') && i > 0) {
                checkCall(i - 1);
            }
        }
    }

    private boolean isAt(int place, Set<String> words) {
        return place < parts.size()
                && parts.get(place).type() == QueryText.Type.WORD
                && words.contains(parts.get(place).text());
    }

    private boolean opensOrFollowsSubquery(int place) {
        Part part = parts.get(place);
        return part.isSymbol(')')
                || (part.isSymbol('(') && place > 0 && parts.get(place - 1).is("as"));
    }

    /** A closing one too many would end the derived table. */
    private void checkParentheses() {
        Deque<Part> open = new ArrayDeque<>();
        for (Part part : parts) {
            if (part.isSymbol('(')) {
                open.push(part);
            } else if (part.isSymbol(')') && open.poll() == null) {
                find(part, "has a ')' without '('", "balanced parentheses, because the query stands within some");
                return;
            }
        }
        if (!open.isEmpty()) {
            find(
                    open.getFirst(),
                    "has a '(' without ')'",
                    "balanced parentheses, because the query stands within some");
        }
    }

    /** Checks what stands before an opening parenthesis. */
    private void checkCall(int place) {
        Part name = parts.get(place);
        boolean qualified = place > 0 && parts.get(place - 1).isSymbol('.');
        boolean known = name.type() == QueryText.Type.WORD
                && !qualified
                && ReadingFunctions.mayStandBeforeParenthesis(name.text());
        if ((name.type() == QueryText.Type.WORD || name.type() == QueryText.Type.QUOTED) && !known) {
            find(
                    name,
                    "calls " + (qualified && place > 1 ? parts.get(place - 2).text() + "." : "")
                            + name.text().toLowerCase(Locale.ROOT) + "()",
                    "Redshift's own functions that only read, without schema and quotes");
        }
    }

    private void find(Part part, String found, String expected) {
        findings.add(new Finding(part.line(), found + ": expected " + expected));
    }
}
